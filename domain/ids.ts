// How are things named? Branded ids and one key builder per entity.
import { createHash } from 'node:crypto';
import { ulid } from 'ulid';
import { z } from 'zod';

export const recordIdSchema = z.ulid().brand('RecordId');
export type RecordId = z.infer<typeof recordIdSchema>;

export const userIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,64}$/)
  .brand('UserId');
export type UserId = z.infer<typeof userIdSchema>;

/** A new id that sorts by time of creation. */
export const newRecordId = (): RecordId => recordIdSchema.parse(ulid());

/** One version of one stored object; the smallest thing that can be analysed twice by mistake. */
export interface ObjectVersion {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly etag: string;
}

/** The same attempt at the same object version always has the same name, so a second delivery starts nothing (A11). */
export function executionNameOf(object: ObjectVersion, attempt: number): string {
  const canonical = JSON.stringify([object.bucket, object.key, object.versionId, object.etag, attempt]);
  return createHash('sha256').update(canonical).digest('hex').slice(0, 40);
}

/** Everything of a user, or of one of their records, in each of the two folders of the bucket that hold such things. */
export const foldersOf = (userId: UserId, recordId?: RecordId): readonly string[] =>
  recordId === undefined
    ? [`uploads/${userId}/`, `analyses/${userId}/`]
    : [`uploads/${userId}/${recordId}.`, `analyses/${userId}/${recordId}/`];

/** `uploads/<user>/<record>.<extension>`: the only keys that start an analysis (A10). */
export const uploadKey = (userId: UserId, recordId: RecordId, extension: 'webm' | 'mp4'): string =>
  `uploads/${userId}/${recordId}.${extension}`;

const uploadPattern = /^uploads\/([A-Za-z0-9-]{1,64})\/([0-9A-HJKMNP-TV-Z]{26})\.(?:webm|mp4)$/;

/** The user and the record that an upload's key names, or `null` for any other key. */
export function parseUploadKey(key: string): { userId: UserId; recordId: RecordId } | null {
  const match = uploadPattern.exec(key);
  if (!match) return null;
  return { userId: userIdSchema.parse(match[1]), recordId: recordIdSchema.parse(match[2]) };
}

/** What a finished analysis stores beside the upload, by the name it has in the user's folder. */
export const derivedNames = {
  playback: 'playback.mp4',
  poster: 'poster.jpg',
  posterWebp: 'poster.webp',
  storyboard: 'storyboard.jpg',
  storyboardVtt: 'storyboard.vtt',
  speech: 'speech.wav',
  captions: 'captions.vtt',
  measurements: 'measurements.json',
  labels: 'labels.json',
  transcript: 'transcript.json',
  textFigures: 'text-figures.json',
  assessment: 'assessment.json',
  report: 'report.json',
} as const;
export type DerivedName = keyof typeof derivedNames;

/** As what each derived file is stored and served. */
export const contentTypes: { readonly [Name in DerivedName]: string } = {
  playback: 'video/mp4',
  poster: 'image/jpeg',
  posterWebp: 'image/webp',
  storyboard: 'image/jpeg',
  storyboardVtt: 'text/vtt',
  speech: 'audio/wav',
  captions: 'text/vtt',
  measurements: 'application/json',
  labels: 'application/json',
  transcript: 'application/json',
  textFigures: 'application/json',
  assessment: 'application/json',
  report: 'application/json',
};

/** `analyses/<user>/<record>/<execution>/<file>`: written once by one execution, never overwritten by another. */
export const derivedKey = (
  owner: { readonly userId: string; readonly recordId: string; readonly executionName: string },
  name: DerivedName,
): string => `analyses/${owner.userId}/${owner.recordId}/${owner.executionName}/${derivedNames[name]}`;

/** Where a service for speech to text leaves its answer to a job, which is named after the execution. */
export const transcriptionKey = (jobName: string): string => `transcriptions/${jobName}.json`;
