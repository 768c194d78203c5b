// What runs in an interview's analysis, how big is it, and what may it touch?
import type { StageIo } from '../../domain/stage-io.ts';
import { defineStage, type Grant } from '../stage.ts';
import { analysisMachine, mediaBucket, recordsTable } from './stores.ts';

const readUploads: Grant = { action: 'objects:read', on: mediaBucket, prefix: 'uploads/' };
const readAnalyses: Grant = { action: 'objects:read', on: mediaBucket, prefix: 'analyses/' };
const writeAnalyses: Grant = { action: 'objects:write', on: mediaBucket, prefix: 'analyses/' };
const readRecords: Grant = { action: 'records:read', on: recordsTable };
const writeRecords: Grant = { action: 'records:write', on: recordsTable };

/** An HTTP call and some JSON (A26, A27). */
const small = { image: 'plain', memoryMiB: 512, ephemeralStorageMiB: 512 } as const;

/** Takes the queue's deliveries and starts the state machine; not a state of it. */
export const startAnalysis = defineStage<unknown, unknown>()({
  ...small,
  name: 'start-analysis',
  handler: 'handlers/interview/start-analysis.ts',
  timeoutSeconds: 30,
  grants: [readRecords, writeRecords, { action: 'executions:start', on: analysisMachine }],
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
  grants: [readUploads, writeAnalyses],
});

export const startTranscription = defineStage<
  StageIo['startTranscription']['in'],
  StageIo['startTranscription']['out']
>()({
  ...small,
  name: 'start-transcription',
  handler: 'handlers/interview/start-transcription.ts',
  timeoutSeconds: 30,
  // Amazon Transcribe reads the upload with the rights of its caller.
  grants: [readUploads, { action: 'speech:transcribe' }],
});

export const readTranscription = defineStage<
  StageIo['readTranscription']['in'],
  StageIo['readTranscription']['out']
>()({
  ...small,
  name: 'read-transcription',
  handler: 'handlers/interview/read-transcription.ts',
  timeoutSeconds: 30,
  grants: [writeAnalyses, { action: 'speech:transcribe' }],
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
  grants: [readAnalyses, writeAnalyses, readRecords, writeRecords],
});

/** Every function of the interview's analysis. */
export const interviewStages = [
  startAnalysis,
  probeRecording,
  convertVideo,
  startTranscription,
  readTranscription,
  measureText,
  finalizeRecord,
] as const;
