// Does the adapter of Amazon Transcribe ask the right thing, and believe only answers that are whole?
import { TranscribeClient } from '@aws-sdk/client-transcribe';
import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brief, clientOptions } from '../../../services/aws/clients.ts';
import { createTranscriber, type TranscriberOptions } from '../../../services/aws/transcriber.ts';
import type { ObjectStore, TranscriptionJob } from '../../../services/contracts.ts';
import { createObjectStore } from '../../../services/local/objects.ts';
import { thrownBy } from '../contracts/object-store.ts';
import { describeTranscriber } from '../contracts/transcriber.ts';
import { answers, hangsUp, openLoopback, refuses, type Loopback, type Reply } from './loopback.ts';

const bucketName = 'greenroom-media';
const job: TranscriptionJob = {
  name: '0a1b2c',
  objectKey: 'uploads/user-1/01ARZ3NDEKTSV4RRFFQ69G5FAV.webm',
  language: null,
};
const { signal } = new AbortController();
const word = (content: string, startTime: string, endTime: string, confidence = '0.98') => ({
  type: 'pronunciation',
  start_time: startTime,
  end_time: endTime,
  alternatives: [{ confidence, content }],
});
const mark = (content: string) => ({
  type: 'punctuation',
  alternatives: [{ confidence: '0.0', content }],
});
/** Shaped like the answers in public: strings for numbers, marks without a time, a filler with its own. */
const answer = {
  jobName: job.name,
  accountId: '123456789012',
  status: 'COMPLETED',
  results: {
    transcripts: [{ transcript: 'Um, our build failed.' }],
    items: [
      { id: 0, ...word('Um', '4.66', '5.11', '0.968') },
      { id: 1, ...mark(',') },
      { id: 2, ...word('our', '5.11', '5.34', '1.0') },
      { id: 3, ...word('build', '5.34', '5.8') },
      { id: 4, ...word('failed', '5.8', '6.32') },
      { id: 5, ...mark('.') },
    ],
    audio_segments: [
      {
        id: 0,
        transcript: 'Um, our build failed.',
        start_time: '4.66',
        end_time: '6.32',
        items: [0, 1, 2, 3, 4, 5],
      },
    ],
  },
};

let server: Loopback;
let folder: string;
let objects: ObjectStore;

beforeEach(async () => {
  server = await openLoopback();
  folder = await mkdtemp(join(tmpdir(), 'greenroom-test-'));
  objects = createObjectStore(folder);
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const transcriber = (options: Partial<TranscriberOptions> = {}) =>
  createTranscriber({
    client: new TranscribeClient({ ...clientOptions(brief), ...server.place }),
    objects,
    bucketName,
    languages: [],
    encryptionKeyArn: null,
    deployment: null,
    ...options,
  });

const jobIs = (status: string, more: object = {}): Reply =>
  answers({ TranscriptionJob: { TranscriptionJobName: job.name, TranscriptionJobStatus: status, ...more } });
const mediaOf = (uri: string) => ({ Media: { MediaFileUri: uri } });
const writeAnswer = (value: unknown) => objects.writeJson(`transcriptions/${job.name}.json`, value);

/** The service's rules in short: a name is unique, and a job is done when it is asked for the second time. */
function actLikeTranscribe(): () => number {
  const jobs = new Map<string, { media: unknown; asked: number }>();
  server.otherwise = (line, call) => {
    const name = String(call.body['TranscriptionJobName']);
    const known = jobs.get(name);
    if (call.target === 'Transcribe.StartTranscriptionJob') {
      if (known) return refuses(400, 'ConflictException')(line, call);
      jobs.set(name, { media: call.body['Media'], asked: 0 });
      return jobIs('IN_PROGRESS')(line, call);
    }
    if (!known) return refuses(400, 'BadRequestException', 'no such job')(line, call);
    known.asked += 1;
    const state = known.asked > 1 ? 'COMPLETED' : 'IN_PROGRESS';
    return jobIs(state, { Media: known.media, LanguageCode: 'en-US' })(line, call);
  };
  return () => jobs.size;
}

describeTranscriber('Amazon Transcribe', async () => {
  const countJobs = actLikeTranscribe();
  await writeAnswer(answer);
  return { transcriber: transcriber(), job, timesRun: () => Promise.resolve(countJobs()) };
});

const requestFor = async (started: TranscriptionJob, options: Partial<TranscriberOptions> = {}) => {
  server.replies.push(jobIs('IN_PROGRESS'));
  await transcriber(options).start(started, signal);
  expect(server.seen).to.have.lengthOf(1);
  return server.seen[0]?.body;
};

describe('a transcription job of Amazon Transcribe (A16, A21)', () => {
  it('is named like its execution, reads the upload and answers into the same bucket, with nothing filtered', async () => {
    expect(await requestFor(job)).to.deep.equal({
      TranscriptionJobName: job.name,
      Media: { MediaFileUri: `s3://${bucketName}/${job.objectKey}` },
      MediaFormat: 'webm',
      OutputBucketName: bucketName,
      OutputKey: 'transcriptions/0a1b2c.json',
      IdentifyLanguage: true,
    });
  });

  it('has its answer encrypted under the customer key if there is one', async () => {
    const encryptionKeyArn = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555';
    expect(await requestFor(job, { encryptionKeyArn })).to.have.property(
      'OutputEncryptionKMSKeyId',
      encryptionKeyArn,
    );
  });

  it('carries the tag by which its costs are counted if there is one (B54)', async () => {
    expect(await requestFor(job, { deployment: 'greenroom-prod' })).to.deep.include({
      Tags: [{ Key: 'deployment', Value: 'greenroom-prod' }],
    });
  });

  const choices: readonly (readonly [string, string | null, readonly string[], object])[] = [
    ['the language of the record', 'pt', ['en-US', 'de'], { LanguageCode: 'pt-BR' }],
    ['the only configured language', null, ['de-AT'], { LanguageCode: 'de-DE' }],
    [
      'a choice of the configured languages, each once',
      null,
      ['en', 'en-US', 'pt'],
      { IdentifyLanguage: true, LanguageOptions: ['en-US', 'pt-BR'] },
    ],
    ['any language when nobody knows', 'und', [], { IdentifyLanguage: true }],
  ];
  for (const [what, language, languages, expected] of choices) {
    it(`listens for ${what}`, async () => {
      const body = await requestFor({ ...job, language }, { languages });
      const { LanguageCode, IdentifyLanguage, LanguageOptions } = body ?? {};
      expect(JSON.parse(JSON.stringify({ LanguageCode, IdentifyLanguage, LanguageOptions }))).to.deep.equal(
        expected,
      );
    });
  }

  it('is not started in a language or of a file that Transcribe does not know', async () => {
    const started = transcriber();
    expect(await thrownBy(started.start({ ...job, language: 'la' }, signal))).to.include({
      name: 'ServiceRejected',
      message: 'Amazon Transcribe does not know the language la.',
    });
    expect(await thrownBy(started.start({ ...job, objectKey: 'uploads/x.avi' }, signal))).to.include({
      name: 'InternalError',
    });
    expect(server.seen).to.have.lengthOf(0);
  });

  it('that exists for the same recording is found, for another one it is an error', async () => {
    const conflict = refuses(400, 'ConflictException');
    const own = mediaOf(`s3://${bucketName}/${job.objectKey}`);
    server.replies.push(conflict, jobIs('FAILED', own));
    await transcriber().start(job, signal);
    server.replies.push(conflict, jobIs('COMPLETED', mediaOf('s3://other/upload.webm')));
    expect(await thrownBy(transcriber().start(job, signal))).to.include({ name: 'InternalError' });
  });
});

const read = async (...replies: Reply[]) => {
  server.replies.push(...replies);
  return transcriber().read(job.name);
};

describe('an answer of Amazon Transcribe', () => {
  it('keeps fillers, times, confidence and the language that the job was given', async () => {
    await writeAnswer(answer);
    const state = await read(jobIs('COMPLETED', { LanguageCode: 'en-GB' }));
    if (state.status !== 'COMPLETED') throw new Error(JSON.stringify(state));
    expect(state.transcript).to.include({
      language: 'en-GB',
      source: 'amazon-transcribe',
      timing: 'word',
    });
    expect(state.transcript.words.map(({ text }) => text)).to.deep.equal(['Um,', 'our', 'build', 'failed.']);
    expect(state.transcript.words[0]).to.deep.equal({
      text: 'Um,',
      startSeconds: 4.66,
      endSeconds: 5.11,
      confidence: 0.968,
    });
  });

  it('without words is no transcript, and says so', async () => {
    await writeAnswer({ ...answer, results: { transcripts: [{ transcript: '' }], items: [] } });
    expect(await read(jobIs('COMPLETED'))).to.deep.equal({
      status: 'UNAVAILABLE',
      reason: 'Amazon Transcribe found no words in the recording.',
    });
  });

  const broken: readonly (readonly [string, unknown])[] = [
    ['of another shape', { results: { items: [{ type: 'pronunciation' }] } }],
    ['that is no transcript', []],
    ['with a time beyond a day', { results: { items: [word('x', '1e9', '1e9')] } }],
    ['larger than 32 MiB', { ...answer, padding: 'x'.repeat(32 * 1024 ** 2) }],
  ];
  for (const [what, value] of broken) {
    it(`${what} is rejected`, async () => {
      await writeAnswer(value);
      expect(await thrownBy(read(jobIs('COMPLETED')))).to.include({ name: 'ServiceRejected' });
    });
  }

  it('that is not there yet is waited for', async () => {
    for (const status of ['QUEUED', 'IN_PROGRESS'])
      expect(await read(jobIs(status))).to.deep.equal({ status: 'IN_PROGRESS' });
  });
});

const inTheRecording: readonly string[] = [
  'Unsupported media format',
  'The media format provided does not match the detected media format.',
  'Invalid sample rate for audio file',
  'The sample rate provided does not match the detected sample rate.',
  'Invalid file size: file size too large.',
  'Invalid number of channels: number of channels too large.',
  'The input media file length is too small. Minimum audio duration is 0.500000 milliseconds. Check the length of the file and try your request again.',
  'Your audio file must have a speech segment long enough in duration to perform automatic language identification. Provide an audio file with someone speaking for a longer period of time and try your request again.',
  'Failed to parse audio file.',
  "The data in your input media file isn't valid. Check the media file and try your request again.",
];

describe('a failed job of Amazon Transcribe', () => {
  for (const reason of inTheRecording) {
    it(`is UNAVAILABLE when the recording is the reason: ${reason.slice(0, 40)}`, async () => {
      server.replies.push(jobIs('FAILED', { FailureReason: reason }));
      const state = await transcriber().read(job.name);
      expect(state).to.have.property('status', 'UNAVAILABLE');
      expect(JSON.stringify(state)).not.to.include(reason);
    });
  }

  it('is a TemporaryFailure for any other reason, or none', async () => {
    for (const more of [{ FailureReason: 'Internal failure. Please try again.' }, {}]) {
      server.replies.push(jobIs('FAILED', more));
      expect(await thrownBy(transcriber().read(job.name))).to.include({
        name: 'TemporaryFailure',
        code: 'UPSTREAM',
      });
    }
  });
});

describe('Amazon Transcribe that', () => {
  const failures: readonly (readonly [string, Reply, string, string])[] = [
    ['is too busy', refuses(400, 'LimitExceededException'), 'TemporaryFailure', 'THROTTLED'],
    ['fails inside', refuses(500, 'InternalFailureException'), 'TemporaryFailure', 'UPSTREAM'],
    ['hangs up', hangsUp, 'TemporaryFailure', 'UPSTREAM'],
    ['lets nobody in', refuses(400, 'AccessDeniedException'), 'InternalError', 'BUG'],
    ['refuses the request', refuses(400, 'BadRequestException'), 'ServiceRejected', 'UPSTREAM'],
  ];
  for (const [what, reply, name, code] of failures) {
    it(`${what} is a ${name} (${code}), on start and on read`, async () => {
      server.otherwise = reply;
      expect(await thrownBy(transcriber().start(job, signal))).to.include({ name, code });
      expect(await thrownBy(transcriber().read(job.name))).to.include({ name, code });
    });
  }
});
