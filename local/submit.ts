// How does a file of this machine come in, as if it had been recorded in the app?
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { newRecordId, uploadKey, type RecordId } from '../domain/ids.ts';
import { newRecord } from '../domain/record.ts';
import { uploadFormats, type UploadContentType } from '../domain/upload-format.ts';
import type { Services } from '../services/contracts.ts';
import { localUser } from '../services/local/identity.ts';
import { giveTranscript } from './given-transcripts.ts';

export interface Submission {
  readonly file: string;
  readonly contentType: UploadContentType;
  /** What was said, as .vtt, .srt or .json. */
  readonly transcript: string;
  readonly question: string | null;
  readonly language: string | null;
}

export interface SubmitTo {
  readonly services: Pick<Services, 'records' | 'catalogue' | 'objects'>;
  /** Where transcripts that come with recordings are kept. */
  readonly transcripts: string;
  readonly announce: (key: string) => void;
}

/** A recording that was submitted long ago counts as new. */
const mostLookedAt = 100;

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/**
 * Registers the recording, stores it and announces it; gives the id of its record. One of the same bytes that did not
 * fail is left as it is.
 */
export async function submitFile(submission: Submission, to: SubmitTo): Promise<RecordId> {
  const { file, contentType, transcript, question, language } = submission;
  const { records, catalogue, objects } = to.services;
  const sha256 = await sha256Of(file);
  const known = await catalogue.list(localUser, { limit: mostLookedAt, after: null });
  const same = known.find((record) => record.sha256 === sha256 && record.status !== 'FAILED');
  if (same && same.status !== 'UPLOADING') return same.recordId;
  const recordId = newRecordId();
  const { size: sizeBytes } = await stat(file);
  const about = { fileName: basename(file), question, language, sha256, sizeBytes, contentType };
  await records.create(newRecord({ recordId, userId: localUser, now: new Date(), ...about }));
  // After its record: transcripts without one are removed.
  await giveTranscript(to.transcripts, recordId, transcript);
  const key = uploadKey(localUser, recordId, uploadFormats[contentType]);
  await objects.upload(key, file, contentType, new AbortController().signal);
  to.announce(key);
  return recordId;
}
