// What does the cost model take for granted? Every number that is neither a price nor a setting of the stack.

export interface Assumption {
  readonly value: number;
  readonly unit: string;
  readonly reason: string;
}

/** Change a value here and the figures follow; the reason says what it rests on. */
export const assumptions = {
  recordingMinutes: {
    value: 3,
    unit: 'minutes',
    reason: 'one practice answer; what a recording costs once is spread over them',
  },
  convertCpuSeconds: {
    value: 45.3,
    unit: 'CPU s per minute of video',
    reason: 'docs/performance.md: whole analyze of 60 s of 720p is 1.38 × 32.81 CPU s',
  },
  probeCpuSeconds: {
    value: 0.2,
    unit: 'CPU s per minute of video',
    reason:
      'systems/interview/stages.ts: the packets of an hour take 4 CPU s, the hash of 2 GiB about 2; rounded up',
  },
  busyShare: {
    value: 0.8,
    unit: 'of the vCPUs while a media stage runs',
    reason: 'not measured on Lambda: downloads, uploads and the ends of the pass keep them waiting',
  },
  vcpuMiB: {
    value: 1769,
    unit: 'MiB of memory per vCPU',
    reason:
      'AWS Lambda developer guide, "Configure Lambda function memory"; a vCPU is taken for one core of the benchmark',
  },
  stageSeconds: {
    value: 1,
    unit: 's per call of a stage without media work',
    reason: 'an HTTP call and some JSON; measure-text is longer when a model answers',
  },
  startSeconds: {
    value: 1,
    unit: 's per recording and media stage',
    reason: 'start of Node and the packages in the image, when no warm copy waits',
  },
  transcriptReads: {
    value: 5,
    unit: 'reads of the transcription job per recording',
    reason: 'the waits double from 2 s; five reads see an answer that takes 30 s',
  },
  fixedTransitions: {
    value: 8,
    unit: 'state transitions per recording beside the reads of the transcript',
    reason: 'systems/interview/pipeline.ts without failures: start, six states on the way, end',
  },
  transitionsPerRead: {
    value: 3,
    unit: 'state transitions per read of the transcript',
    reason: 'systems/interview/pipeline.ts: read, decide, wait',
  },
  secondsPerPicture: {
    value: 5,
    unit: 's between pictures sent for labels',
    reason: 'media/pictures/sample-frames.ts; at most 60 pictures a recording',
  },
  uploadGb: {
    value: 0.019,
    unit: 'GB per minute of upload',
    reason: 'docs/performance.md: VP8 at 2.5 Mb/s',
  },
  derivedGb: {
    value: 0.017,
    unit: 'GB per minute of playback file, speech and report',
    reason: 'about 2 Mb/s of H.264, and 115 MB of speech an hour (systems/interview/stages.ts)',
  },
  objectWrites: {
    value: 15,
    unit: 'S3 writes per recording',
    reason: 'upload and derived files, not counted exactly',
  },
  objectReads: {
    value: 20,
    unit: 'S3 reads per recording',
    reason: 'stages and the viewer, not counted exactly',
  },
  tableWrites: {
    value: 12,
    unit: 'DynamoDB write units per recording',
    reason: 'three updates of a row of at most 2 KB, and of its index entry',
  },
  tableReads: { value: 4, unit: 'DynamoDB read units per recording', reason: 'stages and the viewer' },
  queueRequests: {
    value: 10,
    unit: 'SQS requests per recording',
    reason: 'send, receive, delete, and a second delivery now and then',
  },
  logGb: {
    value: 0.0002,
    unit: 'GB of logs per recording',
    reason: 'some twenty lines per call, the history of the execution without its data',
  },
  apiCalls: {
    value: 50,
    unit: 'API calls per recording',
    reason:
      'web/src/api/queries.ts asks every 2.5 s while an analysis runs, about 90 s; the rest are a form, lists, links and settings',
  },
  answerSeconds: {
    value: 0.1,
    unit: 's per call of a function that answers a page',
    reason: 'not measured on Lambda: one or two requests to DynamoDB, now and then a start',
  },
  siteFiles: {
    value: 30,
    unit: 'files of the site per recording',
    reason: 'as many as the pages for practising and for reports load, as if a browser kept none',
  },
  siteGb: {
    value: 0.000_4,
    unit: 'GB of files of the site per recording',
    reason:
      'the budget of the app: 250 kB of compressed JavaScript, and as much again for styles and icons at most',
  },
  watchedGb: {
    value: 0.015,
    unit: 'GB per minute of video that is looked at',
    reason: 'about 2 Mb/s of H.264, looked at once',
  },
  keyRequests: {
    value: 40,
    unit: 'KMS requests per recording',
    reason:
      'cursors, messages and rows; bucket keys and the caches of DynamoDB and SQS spare most of them; not counted exactly',
  },
  recordingsPerUser: {
    value: 10,
    unit: 'recordings per user and month',
    reason: 'somebody who prepares for interviews; Cognito counts a user once a month, however often',
  },
  idlePolls: {
    value: 5 * 3 * 60 * 24 * 30,
    unit: 'SQS requests per month and event source',
    reason: 'Lambda keeps five pollers on a queue, each asking every 20 s',
  },
  imagesGb: {
    value: 3,
    unit: 'GB in ECR',
    reason:
      'a media base shared by its stages and a few versions of each; replace by what `greenroom images check` reports',
  },
  baseLogsGb: {
    value: 0.05,
    unit: 'GB of logs per month',
    reason: 'health checks and API calls of an idle stack',
  },
} as const satisfies { readonly [name: string]: Assumption };

export type AssumptionName = keyof typeof assumptions;
