// Which calls does every stage make when the whole system is used, with everything that can be configured?
import type { BedrockRuntimeClient, ConverseResponse } from '@aws-sdk/client-bedrock-runtime';
import type { S3Client } from '@aws-sdk/client-s3';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newRecordId, uploadKey, userIdSchema } from '../../../domain/ids.ts';
import { newRecord } from '../../../domain/record.ts';
import { functionArn, runStage, type LocalContext } from '../../../local/stages.ts';
import { createAssessor } from '../../../services/aws/assessor.ts';
import { createPictureLabels } from '../../../services/aws/picture-labels.ts';
import { createTranscriber } from '../../../services/aws/transcriber.ts';
import { executionNameOf } from '../../../domain/ids.ts';
import { mediaBucket, uploads } from '../../../systems/interview/names.ts';
import type { Json } from '../../../systems/asl.ts';
import { known, makeCloud, type Cloud } from './cloud.ts';
import { deliver, takeAll } from './deliveries.ts';
import { useApi } from './every-operation.ts';
import { guardrailId, modelId } from './iam.ts';
import { interpret } from './interpret.ts';
import { recordingClients, type RecordedCall } from './recorder.ts';
import { contextOf, makeClients, servicesOf, type Clients } from './services.ts';
import { amazonAnswer } from './spoken.ts';

const userId = userIdSchema.parse('user-1');
const sample = join(import.meta.dirname, '../../../samples/interview.webm');
const { signal } = new AbortController();

/** Bedrock is not in the test server: any question gets an answer that the assessor refuses. */
function answerInPlaceOfBedrock({ middlewareStack }: BedrockRuntimeClient): void {
  const answer: ConverseResponse = {
    output: { message: { role: 'assistant', content: [{ text: 'no JSON' }] } },
    stopReason: 'end_turn',
    usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
    metrics: { latencyMs: 1 },
  };
  middlewareStack.add(() => async () => ({ output: { ...answer, $metadata: {} }, response: {} }), {
    step: 'build',
    name: 'in-place-of-bedrock',
  });
}

/** Everything on: a model behind a guardrail, names for the things in the picture, a customer key. */
function fullContext(cloud: Cloud, clients: Clients, folder: string): LocalContext {
  const services = servicesOf(cloud, clients);
  answerInPlaceOfBedrock(clients.bedrock);
  return contextOf(
    {
      ...services,
      transcriber: createTranscriber({
        client: clients.transcribe,
        objects: services.objects,
        bucketName: known(cloud.buckets, mediaBucket),
        languages: ['en-US', 'pt-BR'],
        encryptionKeyArn: cloud.keyArn,
        deployment: 'greenroom-test',
      }),
      assessor: createAssessor({
        client: clients.bedrock,
        modelId,
        guardrail: { id: guardrailId, version: '1' },
      }),
      pictureLabels: createPictureLabels({ client: clients.rekognition }),
    },
    folder,
  );
}

/** Uses every stage of the interview system once, and start-transcription twice. */
export async function callsOfEveryStage(folder: string): Promise<{ cloud: Cloud; calls: RecordedCall[] }> {
  const cloud = await makeCloud();
  const calls: RecordedCall[] = [];
  const contexts = new Map<string, LocalContext>();
  const contextFor = (stage: string): LocalContext => {
    const context = contexts.get(stage) ?? fullContext(cloud, recordingClients(stage, calls), folder);
    contexts.set(stage, context);
    return context;
  };
  const run = (stage: string, payload: unknown) => runStage(functionArn(stage), payload, contextFor(stage));

  const unrecorded = servicesOf(cloud, makeClients());
  const recordId = newRecordId();
  const key = uploadKey(userId, recordId, 'webm');
  await unrecorded.records.create(newRecord({ recordId, userId, now: new Date() }));
  await unrecorded.objects.upload(key, sample, 'video/webm', signal);
  await run('read-health', {});
  await deliver(
    'start-analysis',
    await takeAll(known(cloud.queues, uploads).queueUrl),
    contextFor('start-analysis'),
  );

  const { etag, versionId } = await unrecorded.objects.head(key);
  const name = executionNameOf({ bucket: known(cloud.buckets, mediaBucket), key, etag, versionId }, 0);
  await unrecorded.objects.writeJson(`transcriptions/${name}.json`, amazonAnswer);
  const input: Json = { userId, recordId, objectKey: key, sha256: null, question: 'Why?', language: null };
  const { status, cause } = await interpret({ name, input }, contextFor);
  if (status !== 'SUCCEEDED') throw new Error(`the analysis ended as ${status}: ${cause ?? ''}`);
  await run('start-transcription', { jobName: name, objectKey: key, language: null });
  const detail = { name, status: 'ABORTED', input: JSON.stringify(input) };
  await deliver(
    'close-record',
    [{ messageId: '1', body: JSON.stringify({ detail }) }],
    contextFor('close-record'),
  );
  await useApi({ cloud, services: unrecorded, contextFor, calls });
  return { cloud, calls };
}

/** Every part of a file is refused from now on. */
function refuseParts({ middlewareStack }: S3Client): void {
  middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        if (commandName === 'UploadPartCommand') throw new Error('no part today');
        return next(args);
      },
    { step: 'build', name: 'refuse-parts' },
  );
}

/** The calls of storing a large file when its parts are refused. */
export async function callsOfFailedUpload(
  folder: string,
  cloud: Cloud,
  key: string,
): Promise<RecordedCall[]> {
  const calls: RecordedCall[] = [];
  const clients = recordingClients('convert-video', calls);
  refuseParts(clients.s3);
  const path = join(folder, 'large');
  await writeFile(path, Buffer.alloc(9 * 1024 * 1024));
  await servicesOf(cloud, clients)
    .objects.upload(key, path, 'video/mp4', signal)
    .catch(() => undefined);
  return calls;
}
