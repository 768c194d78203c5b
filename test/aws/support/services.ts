// Which services do the handlers get in these tests? The ones that Lambda gives them.
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { TranscribeClient } from '@aws-sdk/client-transcribe';
import type { LocalContext } from '../../../local/stages.ts';
import { createExecutionStarter } from '../../../services/aws/executions.ts';
import { createObjectStore } from '../../../services/aws/objects.ts';
import { createRecordTable } from '../../../services/aws/records.ts';
import { createTranscriber } from '../../../services/aws/transcriber.ts';
import type { Services } from '../../../services/contracts.ts';
import { analysisMachine, mediaBucket, recordsTable } from '../../../systems/interview/names.ts';
import { known, type Cloud } from './cloud.ts';

/** Clients that a test may look at or disturb. */
export interface Clients {
  readonly s3: S3Client;
  readonly dynamoDb: DynamoDBClient;
  readonly stepFunctions: SFNClient;
  readonly transcribe: TranscribeClient;
  readonly rekognition: RekognitionClient;
  readonly bedrock: BedrockRuntimeClient;
}

export const makeClients = (): Clients => ({
  s3: new S3Client({ forcePathStyle: true }),
  dynamoDb: new DynamoDBClient({}),
  stepFunctions: new SFNClient({}),
  transcribe: new TranscribeClient({}),
  rekognition: new RekognitionClient({}),
  bedrock: new BedrockRuntimeClient({}),
});

/** Without a model and without names for the things in the picture, as a stack is by default. */
export function servicesOf(cloud: Cloud, clients: Clients): Services {
  const bucketName = known(cloud.buckets, mediaBucket);
  const objects = createObjectStore({ bucketName, client: clients.s3 });
  return {
    objects,
    records: createRecordTable({ tableName: known(cloud.tables, recordsTable), client: clients.dynamoDb }),
    executions: createExecutionStarter({
      stateMachineArn: known(cloud.machines, analysisMachine),
      client: clients.stepFunctions,
    }),
    transcriber: createTranscriber({
      objects,
      bucketName,
      languages: [],
      encryptionKeyArn: null,
      deployment: null,
      client: clients.transcribe,
    }),
    assessor: null,
    pictureLabels: null,
  };
}

/** Real FFmpeg; nobody looks for faces, which takes longer than all the rest. */
export const contextOf = (services: Services, scratchFolder: string): LocalContext => ({
  services,
  media: {
    tools: {
      ffmpeg: process.env['GREENROOM_FFMPEG'] ?? 'ffmpeg',
      ffprobe: process.env['GREENROOM_FFPROBE'] ?? 'ffprobe',
      threads: 2,
    },
    openVision: null,
  },
  log: () => undefined,
  signal: new AbortController().signal,
  scratchFolder,
  onProgress: () => undefined,
  timeoutSeconds: 300,
});
