// What runs in an interview's analysis, how big is it, and what may it touch?
import type { StageIo } from '../../domain/stage-io.ts';
import { defineStage, type Grant } from '../stage.ts';
import {
  analysisMachine,
  executionEnds,
  expiry,
  mediaBucket,
  preferencesTable,
  recordsTable,
  uploads,
} from './names.ts';

const readUploads: Grant = { action: 'objects:read', on: mediaBucket, prefix: 'uploads/' };
const readAnalyses: Grant = { action: 'objects:read', on: mediaBucket, prefix: 'analyses/' };
const writeAnalyses: Grant = { action: 'objects:write', on: mediaBucket, prefix: 'analyses/' };
const readRecords: Grant = { action: 'records:read', on: recordsTable };
const updateRecords: Grant = { action: 'records:update', on: recordsTable };
/** Where Transcribe leaves its answers, with the rights of the stage that started the job. */
const transcriptions = { on: mediaBucket, prefix: 'transcriptions/' } as const;

/** An HTTP call and some JSON (A26, A27). */
const small = {
  image: 'plain',
  memoryMiB: 512,
  ephemeralStorageMiB: 512,
  reservedConcurrency: null,
} as const;

/** Takes the queue's deliveries and starts the state machine; not a state of it. */
export const startAnalysis = defineStage<unknown, unknown>()({
  ...small,
  name: 'start-analysis',
  handler: 'handlers/interview/start-analysis.ts',
  timeoutSeconds: 30,
  grants: [
    readRecords,
    updateRecords,
    { action: 'executions:start', on: analysisMachine },
    { action: 'messages:receive', on: uploads },
  ],
});

/** Takes the ends of executions that did not succeed and closes records that they left open; not a state either. */
export const closeRecord = defineStage<unknown, unknown>()({
  ...small,
  name: 'close-record',
  handler: 'handlers/interview/close-record.ts',
  timeoutSeconds: 30,
  grants: [updateRecords, { action: 'messages:receive', on: executionEnds }],
});

/** What API Gateway waits for at most is 29 s; Node starts too slowly for its users in 128 MiB (A23). */
const answering = { ...small, timeoutSeconds: 25 } as const;
const verify: Grant = { action: 'identity:verify' };
const readPreferences: Grant = { action: 'preferences:read', on: preferencesTable };

/** Everything that belongs to a record goes with it. */
const erase: readonly Grant[] = [
  { action: 'records:delete', on: recordsTable },
  { action: 'objects:delete', on: mediaBucket, prefix: 'uploads/' },
  { action: 'objects:delete', on: mediaBucket, prefix: 'analyses/' },
  { action: 'objects:delete', ...transcriptions },
  { action: 'executions:stop', on: analysisMachine },
  { action: 'speech:delete' },
];

/** Creates records, and lets their owner upload. */
export const createUpload = defineStage<unknown, unknown>()({
  ...answering,
  name: 'create-upload',
  handler: 'handlers/interview/create-upload.ts',
  grants: [
    verify,
    { action: 'records:create', on: recordsTable },
    readRecords,
    readPreferences,
    { action: 'links:upload', on: mediaBucket, prefix: 'uploads/' },
  ],
});

/** Lists and reads records, their reports and their runs. */
export const readRecordsOfUser = defineStage<unknown, unknown>()({
  ...answering,
  name: 'read-records',
  handler: 'handlers/interview/read-records.ts',
  grants: [
    verify,
    readRecords,
    { action: 'records:list', on: recordsTable },
    readAnalyses,
    { action: 'links:download', on: mediaBucket, prefix: 'analyses/' },
    { action: 'executions:read', on: analysisMachine },
    { action: 'texts:seal' },
  ],
});

/** Keeps a user's own questions and settings. */
export const keepPreferences = defineStage<unknown, unknown>()({
  ...answering,
  name: 'keep-preferences',
  handler: 'handlers/interview/keep-preferences.ts',
  grants: [verify, readPreferences, { action: 'preferences:write', on: preferencesTable }],
});

/** Stops analyses, and deletes records or a whole user. */
export const removeRecords = defineStage<unknown, unknown>()({
  ...answering,
  name: 'remove-records',
  handler: 'handlers/interview/remove-records.ts',
  grants: [
    verify,
    readRecords,
    { action: 'records:list', on: recordsTable },
    updateRecords,
    ...erase,
    { action: 'preferences:delete', on: preferencesTable },
    { action: 'accounts:delete' },
  ],
});

/** Deletes what its user wanted to be kept no longer. */
export const expireRecords = defineStage<unknown, unknown>()({
  ...small,
  name: 'expire-records',
  handler: 'handlers/interview/expire-records.ts',
  timeoutSeconds: 300,
  grants: [
    { action: 'records:scan', on: recordsTable },
    ...erase,
    { action: 'messages:receive', on: expiry },
  ],
});

/** Says whether the system can do its work: the API's first route. */
export const readHealth = defineStage<unknown, unknown>()({
  ...small,
  name: 'read-health',
  handler: 'handlers/interview/read-health.ts',
  memoryMiB: 256,
  timeoutSeconds: 10,
  grants: [readRecords],
});

export const probeRecording = defineStage<StageIo['probe']['in'], StageIo['probe']['out']>()({
  name: 'probe-recording',
  handler: 'handlers/interview/probe-recording.ts',
  image: 'media',
  // One vCPU: the packets of an hour take 4 CPU s, the hash of 2 GiB about 2.
  memoryMiB: 1769,
  timeoutSeconds: 120,
  // The largest upload (2 GiB) and room to spare.
  ephemeralStorageMiB: 3072,
  reservedConcurrency: 20,
  grants: [readUploads],
});

export const convertVideo = defineStage<StageIo['convert']['in'], StageIo['convert']['out']>()({
  name: 'convert-video',
  handler: 'handlers/interview/convert-video.ts',
  image: 'media',
  // Three vCPUs: 60 minutes of 720p need about 2,000 CPU s, and Lambda ends a function after 900 s (A24).
  memoryMiB: 5308,
  timeoutSeconds: 900,
  // The upload (2 GiB), the playback file (at most 4 Mb/s), the speech file (115 MB an hour).
  ephemeralStorageMiB: 6144,
  // Twenty conversions at once cost about 0.0014 USD a second; a flood of uploads waits in the state machine's retries.
  reservedConcurrency: 20,
  grants: [readUploads, writeAnalyses, { action: 'pictures:label' }],
});

export const startTranscription = defineStage<
  StageIo['startTranscription']['in'],
  StageIo['startTranscription']['out']
>()({
  ...small,
  name: 'start-transcription',
  handler: 'handlers/interview/start-transcription.ts',
  timeoutSeconds: 30,
  // Amazon Transcribe reads the upload and writes its answer with the rights of its caller.
  grants: [readUploads, { action: 'objects:write', ...transcriptions }, { action: 'speech:transcribe' }],
});

export const readTranscription = defineStage<
  StageIo['readTranscription']['in'],
  StageIo['readTranscription']['out']
>()({
  ...small,
  name: 'read-transcription',
  handler: 'handlers/interview/read-transcription.ts',
  timeoutSeconds: 30,
  grants: [writeAnalyses, { action: 'objects:read', ...transcriptions }, { action: 'speech:read' }],
});

export const measureText = defineStage<StageIo['measureText']['in'], StageIo['measureText']['out']>()({
  ...small,
  name: 'measure-text',
  handler: 'handlers/interview/measure-text.ts',
  timeoutSeconds: 300,
  grants: [readAnalyses, writeAnalyses, { action: 'model:invoke' }],
});

export const finalizeRecord = defineStage<StageIo['finalize']['in'], StageIo['finalize']['out']>()({
  ...small,
  name: 'finalize-record',
  handler: 'handlers/interview/finalize-record.ts',
  timeoutSeconds: 30,
  grants: [readAnalyses, writeAnalyses, updateRecords],
});

/** Every function of the interview system. */
export const interviewStages = [
  startAnalysis,
  closeRecord,
  expireRecords,
  readHealth,
  createUpload,
  readRecordsOfUser,
  keepPreferences,
  removeRecords,
  probeRecording,
  convertVideo,
  startTranscription,
  readTranscription,
  measureText,
  finalizeRecord,
] as const;
