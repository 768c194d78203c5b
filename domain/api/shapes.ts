// What do the answers of the API look like?
import { z } from 'zod';
import { consentSchema } from '../consent.ts';
import { derivedNames, recordIdSchema, type DerivedName } from '../ids.ts';
import { questionSetSchema } from '../question-sets.ts';
import { recordSchema } from '../record.ts';
import { uploadContentTypeSchema } from '../upload-format.ts';

/** Steps of an analysis as its owner sees them, in their order; two may go on at once, the later one is named. */
export const progressSteps = [
  'UPLOADING',
  'QUEUED',
  'CHECKING',
  'CONVERTING',
  'TRANSCRIBING',
  'ASSESSING',
  'FINISHING',
  'DONE',
] as const;

export const progressSchema = z.object({
  step: z.enum(progressSteps),
  percent: z.number().min(0).max(100).describe('Never less than it was in the same analysis.'),
  secondsLeft: z.number().nonnegative().nullable().describe('Estimate; null while nothing can be said.'),
});
export type Progress = z.infer<typeof progressSchema>;

/** A record without what is nobody's business outside: its owner, keys and executions. */
export const recordViewSchema = recordSchema
  .pick({
    recordId: true,
    status: true,
    createdAt: true,
    updatedAt: true,
    fileName: true,
    question: true,
    language: true,
    sizeBytes: true,
    sessionId: true,
    problems: true,
    keepUntil: true,
    summary: true,
  })
  .extend({
    contentType: uploadContentTypeSchema.nullable(),
    consent: consentSchema.nullable(),
    hasReport: z.boolean().describe('Whether there is a report to open.'),
    hasRun: z.boolean().describe('Whether there is an analysis to look at.'),
    progress: progressSchema.nullable().describe('Null in lists, and for a record that is closed.'),
  })
  .meta({ id: 'Record' });
export type RecordView = z.infer<typeof recordViewSchema>;

/** A form that a browser sends the file with, as S3's POST takes it: the fields first, then `file`. */
export const uploadFormSchema = z
  .object({
    url: z.string().describe('Where the form is sent to, with POST as multipart/form-data.'),
    fields: z.record(z.string(), z.string()).describe('Fields of the form, before the field `file`.'),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'UploadForm' });
export type UploadForm = z.infer<typeof uploadFormSchema>;

const names = Object.keys(derivedNames) as [DerivedName, ...DerivedName[]];

/** Addresses that need no token and end soon; only files that there are. */
export const downloadsSchema = z
  .object({
    expiresAt: z.iso.datetime(),
    files: z.partialRecord(z.enum(names), z.string()).describe('Addresses by the name of the file.'),
  })
  .meta({ id: 'Downloads' });
export type Downloads = z.infer<typeof downloadsSchema>;

/** What went, and what could not go. */
export const receiptSchema = z
  .object({
    deletedAt: z.iso.datetime(),
    records: z.array(recordIdSchema).describe('Ids of the records that are gone.'),
    objects: z.int().nonnegative().describe('Files that are gone.'),
    objectVersions: z.int().nonnegative().describe('All versions of them together.'),
    stoppedAnalyses: z.int().nonnegative().describe('Analyses that were still running.'),
    transcriptionJobs: z.int().nonnegative(),
    preferences: z.boolean().describe('Whether own questions and settings went.'),
    account: z.boolean().describe('Whether the account to sign in with went.'),
  })
  .meta({ id: 'Receipt' });
export type Receipt = z.infer<typeof receiptSchema>;

export const questionSetsSchema = z.object({ questionSets: z.array(questionSetSchema) });

export const settingsSchema = z
  .object({
    retentionDays: z
      .int()
      .min(1)
      .max(3650)
      .nullable()
      .describe('Days after which a new record is deleted; null: as long as the system keeps it.'),
    longestRetentionDays: z
      .int()
      .min(1)
      .nullable()
      .describe('The longest that the system keeps a record; null: until its owner deletes it.'),
  })
  .meta({ id: 'Settings' });
export type UserSettings = z.infer<typeof settingsSchema>;
