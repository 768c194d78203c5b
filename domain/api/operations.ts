// What can be asked of the interview simulator? One table, read by both hosts, the OpenAPI document and the web client.
import { z } from 'zod';
import { recordIdSchema } from '../ids.ts';
import {
  longestQuestion,
  questionSetDraftSchema,
  questionSetIdSchema,
  questionSetSchema,
} from '../question-sets.ts';
import { limits } from '../recording.ts';
import { uploadContentTypeSchema } from '../upload-format.ts';
import { defineOperation } from './operation.ts';
import { runViewSchema } from './run-view.ts';
import {
  downloadsSchema,
  questionSetsSchema,
  receiptSchema,
  recordViewSchema,
  settingsSchema,
  uploadFormSchema,
} from './shapes.ts';

const nothing = z.strictObject({});
const ofRecord = z.strictObject({ recordId: recordIdSchema });
const ofQuestionSet = z.strictObject({ questionSetId: questionSetIdSchema });

/** Addresses with a page of their own are asked by GET; `user` operations see only what is the caller's own. */
export const operations = {
  readHealth: defineOperation({
    id: 'readHealth',
    method: 'GET',
    path: '/health',
    summary: 'Say whether the system can do its work',
    access: 'public',
    parameters: nothing,
    query: z.object({}),
    body: null,
    answer: { status: 200, body: z.object({ status: z.literal('ok') }) },
    problems: [],
  }),
  listRecords: defineOperation({
    id: 'listRecords',
    method: 'GET',
    path: '/records',
    summary: 'List records, the newest first',
    access: 'user',
    parameters: nothing,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(100).default(20).describe('Records on one page.'),
      cursor: z
        .string()
        .min(1)
        .max(1024)
        .optional()
        .describe('Where the page before ended; good for an hour, for this user and operation only.'),
    }),
    body: null,
    answer: {
      status: 200,
      body: z.object({ records: z.array(recordViewSchema), nextCursor: z.string().nullable() }),
    },
    problems: [],
  }),
  createRecord: defineOperation({
    id: 'createRecord',
    method: 'POST',
    path: '/records',
    summary: 'Create a record, and get the form that its recording is uploaded with',
    access: 'user',
    parameters: nothing,
    query: nothing,
    body: z.strictObject({
      question: z.string().trim().min(1).max(longestQuestion).nullable().default(null),
      language: z
        .string()
        .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
        .max(35)
        .nullable()
        .default(null)
        .describe('BCP 47 tag of what is spoken; null lets the recogniser find out.'),
      fileName: z.string().min(1).max(255).nullable().default(null).describe('Shown, never used as a path.'),
      contentType: uploadContentTypeSchema,
      sizeBytes: z
        .int()
        .min(1)
        .max(limits.maximumBytes)
        .describe('Size of the recording; exactly so many bytes are accepted.'),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .describe('Of the recording, hexadecimal; another file than this one is refused (CHECKSUM).'),
      sessionId: z.ulid().nullable().default(null).describe('ULID that the answers of one sitting share.'),
      consentPolicyVersion: z.iso
        .date()
        .describe('Version of the privacy notice that the user has agreed to.'),
    }),
    answer: { status: 201, body: z.object({ record: recordViewSchema, upload: uploadFormSchema }) },
    problems: ['CONSENT_OUTDATED'],
  }),
  renewUpload: defineOperation({
    id: 'renewUpload',
    method: 'POST',
    path: '/records/{recordId}/uploads',
    summary: 'Get another form for a recording whose upload did not end',
    access: 'user',
    parameters: ofRecord,
    query: nothing,
    body: null,
    answer: { status: 201, body: uploadFormSchema },
    problems: ['NOT_FOUND', 'CONFLICT'],
  }),
  readRecord: defineOperation({
    id: 'readRecord',
    method: 'GET',
    path: '/records/{recordId}',
    summary: 'Read a record, with the progress of its analysis',
    access: 'user',
    parameters: ofRecord,
    query: nothing,
    body: null,
    answer: { status: 200, body: recordViewSchema },
    problems: ['NOT_FOUND'],
  }),
  createDownloads: defineOperation({
    id: 'createDownloads',
    method: 'POST',
    path: '/records/{recordId}/downloads',
    summary: 'Get addresses of the report, the video and what belongs to them',
    access: 'user',
    parameters: ofRecord,
    query: nothing,
    body: null,
    answer: { status: 201, body: downloadsSchema },
    problems: ['NOT_FOUND', 'CONFLICT'],
  }),
  readRun: defineOperation({
    id: 'readRun',
    method: 'GET',
    path: '/records/{recordId}/run',
    summary: 'Look at the analysis of a record state by state',
    access: 'user',
    parameters: ofRecord,
    query: nothing,
    body: null,
    answer: { status: 200, body: runViewSchema },
    problems: ['NOT_FOUND'],
  }),
  cancelAnalysis: defineOperation({
    id: 'cancelAnalysis',
    method: 'POST',
    path: '/records/{recordId}/cancel',
    summary: 'Stop a running analysis',
    access: 'user',
    parameters: ofRecord,
    query: nothing,
    body: null,
    answer: { status: 202, body: recordViewSchema },
    problems: ['NOT_FOUND', 'CONFLICT'],
  }),
  deleteRecord: defineOperation({
    id: 'deleteRecord',
    method: 'DELETE',
    path: '/records/{recordId}',
    summary: 'Delete a record with everything that belongs to it',
    access: 'user',
    parameters: ofRecord,
    query: nothing,
    body: null,
    answer: { status: 200, body: receiptSchema },
    problems: ['NOT_FOUND'],
  }),
  listQuestionSets: defineOperation({
    id: 'listQuestionSets',
    method: 'GET',
    path: '/question-sets',
    summary: 'List the built-in sets of questions and the caller’s own',
    access: 'user',
    parameters: nothing,
    query: nothing,
    body: null,
    answer: { status: 200, body: questionSetsSchema },
    problems: [],
  }),
  writeQuestionSet: defineOperation({
    id: 'writeQuestionSet',
    method: 'PUT',
    path: '/question-sets/{questionSetId}',
    summary: 'Create or replace an own set of questions',
    access: 'user',
    parameters: ofQuestionSet,
    query: nothing,
    body: questionSetDraftSchema.strict(),
    answer: { status: 200, body: questionSetSchema },
    problems: ['CONFLICT'],
  }),
  deleteQuestionSet: defineOperation({
    id: 'deleteQuestionSet',
    method: 'DELETE',
    path: '/question-sets/{questionSetId}',
    summary: 'Delete an own set of questions',
    access: 'user',
    parameters: ofQuestionSet,
    query: nothing,
    body: null,
    answer: { status: 204, body: null },
    problems: ['NOT_FOUND', 'CONFLICT'],
  }),
  readSettings: defineOperation({
    id: 'readSettings',
    method: 'GET',
    path: '/settings',
    summary: 'Read how long the caller’s records are kept',
    access: 'user',
    parameters: nothing,
    query: nothing,
    body: null,
    answer: { status: 200, body: settingsSchema },
    problems: [],
  }),
  writeSettings: defineOperation({
    id: 'writeSettings',
    method: 'PUT',
    path: '/settings',
    summary: 'Say how long new records are to be kept',
    access: 'user',
    parameters: nothing,
    query: nothing,
    body: settingsSchema.pick({ retentionDays: true }).strict(),
    answer: { status: 200, body: settingsSchema },
    problems: ['CONFLICT'],
  }),
  deleteMe: defineOperation({
    id: 'deleteMe',
    method: 'DELETE',
    path: '/me',
    summary: 'Delete everything of the caller: records, recordings, reports, questions, settings, account',
    access: 'user',
    parameters: nothing,
    query: nothing,
    body: null,
    answer: { status: 200, body: receiptSchema },
    problems: [],
  }),
} as const;
export type Operations = typeof operations;
export type OperationId = keyof Operations;
