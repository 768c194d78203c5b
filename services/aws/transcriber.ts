// How does Amazon Transcribe turn the speech of a recording into words?
import {
  ConflictException,
  GetTranscriptionJobCommand,
  MediaFormat,
  StartTranscriptionJobCommand,
  TranscribeClient,
  type StartTranscriptionJobRequest,
  type TranscriptionJob as AmazonJob,
} from '@aws-sdk/client-transcribe';
import { InternalError, ServiceRejected } from '../../domain/errors.ts';
import { transcriptionKey } from '../../domain/ids.ts';
import { readTranscriptValue } from '../../domain/transcripts/read-transcript.ts';
import { TranscriptUnreadable } from '../../domain/transcripts/transcript-unreadable.ts';
import type { ObjectStore, Transcriber, TranscriptionJob, TranscriptionState } from '../contracts.ts';
import { brief, clientOptions } from './clients.ts';
import { guarded } from './errors.ts';
import { failedJob } from './transcribe-failure.ts';
import { languageChoice } from './transcribe-language.ts';

export interface TranscriberOptions {
  /** Default: a client of its own, with the region and the credentials of the environment. */
  readonly client?: TranscribeClient;
  /** The objects of `bucketName`: Transcribe leaves its answers there. */
  readonly objects: ObjectStore;
  readonly bucketName: string;
  /** BCP 47 tags to choose from when a job names no language; none: all that Transcribe can tell apart. */
  readonly languages: readonly string[];
  /**
   * Key for the answers. Transcribe asks S3 for SSE-S3 unless it is told a key, whatever the bucket's default is
   * (Developer Guide, "Data encryption"); `null` leaves it at that.
   */
  readonly encryptionKeyArn: string | null;
  /** Value of the tag `deployment` of every job, by which AWS can count its costs; `null`: no tag. */
  readonly deployment: string | null;
}

type Settings = Omit<TranscriberOptions, 'client'>;

/** An hour of speech is about 5 MB. */
const maximumBytes = 32 * 1024 ** 2;

function formatOf(objectKey: string): MediaFormat {
  const extension = objectKey.slice(objectKey.lastIndexOf('.') + 1);
  const format = Object.values(MediaFormat).find((known) => known === extension);
  if (format) return format;
  throw new InternalError(`Amazon Transcribe takes no .${extension} files, such as ${objectKey}.`);
}

const mediaUri = (bucketName: string, objectKey: string): string => `s3://${bucketName}/${objectKey}`;

/** No vocabulary, no filter, no redaction, one speaker: the words as they were said, as far as Transcribe goes. */
function requestOf(
  job: TranscriptionJob,
  { bucketName, languages, encryptionKeyArn, deployment }: Settings,
): StartTranscriptionJobRequest {
  return {
    TranscriptionJobName: job.name,
    Media: { MediaFileUri: mediaUri(bucketName, job.objectKey) },
    MediaFormat: formatOf(job.objectKey),
    OutputBucketName: bucketName,
    OutputKey: transcriptionKey(job.name),
    ...(encryptionKeyArn === null ? {} : { OutputEncryptionKMSKeyId: encryptionKeyArn }),
    ...(deployment === null ? {} : { Tags: [{ Key: 'deployment', Value: deployment }] }),
    ...languageChoice(job.language, languages),
  };
}

async function find(client: TranscribeClient, name: string, signal?: AbortSignal): Promise<AmazonJob> {
  const { TranscriptionJob: found } = await client.send(
    new GetTranscriptionJobCommand({ TranscriptionJobName: name }),
    signal ? { abortSignal: signal } : {},
  );
  if (found) return found;
  throw new ServiceRejected('UPSTREAM', 'Amazon Transcribe answered without a job.');
}

/** Names are unique in the account: the job is our own, started before, or somebody else's. */
function requireSameMedia(found: AmazonJob, job: TranscriptionJob, bucketName: string): void {
  if (found.Media?.MediaFileUri === mediaUri(bucketName, job.objectKey)) return;
  throw new InternalError(`The transcription job ${job.name} belongs to another recording.`);
}

async function readAnswer(job: AmazonJob, name: string, objects: ObjectStore): Promise<TranscriptionState> {
  const key = transcriptionKey(name);
  const { sizeBytes } = await objects.head(key);
  if (sizeBytes > maximumBytes) {
    throw new ServiceRejected('UPSTREAM', 'The answer of Amazon Transcribe is larger than 32 MiB.');
  }
  try {
    const answer = await objects.readJson(key);
    const transcript = readTranscriptValue(answer, job.LanguageCode ?? null, 'amazon-transcribe');
    return transcript.words.length > 0
      ? { status: 'COMPLETED', transcript }
      : { status: 'UNAVAILABLE', reason: 'Amazon Transcribe found no words in the recording.' };
  } catch (error) {
    if (!(error instanceof TranscriptUnreadable)) throw error;
    throw new ServiceRejected('UPSTREAM', 'The answer of Amazon Transcribe cannot be read.', {
      cause: error,
    });
  }
}

/**
 * Jobs of Amazon Transcribe, named like their execution, so that a second start finds the first one's job. Words come
 * with times, confidence and punctuation. Amazon documents no switch that keeps or drops fillers; published answers
 * hold "Um" with time and confidence, so they are counted, but nobody promises that each one is kept.
 *
 * A language that Transcribe does not know is a `ServiceRejected` (UPSTREAM), a job of that name for another recording
 * an `InternalError`. What lies in the recording (format, length, too little speech) is UNAVAILABLE; whatever else a
 * job failed of is a `TemporaryFailure`, though only another execution can try again. Jobs stay in the account for
 * 90 days.
 */
export function createTranscriber({
  client = new TranscribeClient(clientOptions(brief)),
  ...settings
}: TranscriberOptions): Transcriber {
  const { objects, bucketName } = settings;
  return {
    start: (job, signal) =>
      guarded(
        `Starting the transcription of ${job.objectKey}`,
        async () => {
          const command = new StartTranscriptionJobCommand(requestOf(job, settings));
          try {
            await client.send(command, { abortSignal: signal });
          } catch (error) {
            if (!(error instanceof ConflictException)) throw error;
            requireSameMedia(await find(client, job.name, signal), job, bucketName);
          }
        },
        signal,
      ),
    read: async (jobName) => {
      const job = await guarded(`Reading the transcription ${jobName}`, () => find(client, jobName));
      if (job.TranscriptionJobStatus === 'COMPLETED') return readAnswer(job, jobName, objects);
      if (job.TranscriptionJobStatus === 'FAILED') return failedJob(job.FailureReason);
      return { status: 'IN_PROGRESS' };
    },
  };
}
