// Which services do the handlers get in these tests? The ones that Lambda gives them.
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { TranscribeClient } from '@aws-sdk/client-transcribe';
import type { LocalContext } from '../../../local/stages.ts';
import { createAccounts } from '../../../services/aws/accounts.ts';
import { createRecordCatalogue } from '../../../services/aws/catalogue.ts';
import { createObjectEraser } from '../../../services/aws/eraser.ts';
import { createExecutionRuns } from '../../../services/aws/execution-runs.ts';
import { createExecutionStarter } from '../../../services/aws/executions.ts';
import { createIdentity } from '../../../services/aws/identity.ts';
import { createLinks } from '../../../services/aws/links.ts';
import { createObjectStore } from '../../../services/aws/objects.ts';
import { createPreferenceTable } from '../../../services/aws/preferences.ts';
import { createRecordTable } from '../../../services/aws/records.ts';
import { createSealer } from '../../../services/aws/sealer.ts';
import { createTranscriber } from '../../../services/aws/transcriber.ts';
import { createTranscriptionJobs } from '../../../services/aws/transcription-jobs.ts';
import type { Services } from '../../../services/contracts.ts';
import {
  analysisMachine,
  mediaBucket,
  preferencesTable,
  recordsTable,
} from '../../../systems/interview/names.ts';
import { known, type Cloud } from './cloud.ts';
import { clientId, fetchKeys } from './tokens.ts';

/** Clients that a test may look at or disturb. */
export interface Clients {
  readonly s3: S3Client;
  readonly dynamoDb: DynamoDBClient;
  readonly stepFunctions: SFNClient;
  readonly transcribe: TranscribeClient;
  readonly rekognition: RekognitionClient;
  readonly bedrock: BedrockRuntimeClient;
  readonly kms: KMSClient;
  readonly cognito: CognitoIdentityProviderClient;
}

export const makeClients = (): Clients => ({
  s3: new S3Client({ forcePathStyle: true }),
  dynamoDb: new DynamoDBClient({}),
  stepFunctions: new SFNClient({}),
  transcribe: new TranscribeClient({}),
  rekognition: new RekognitionClient({}),
  bedrock: new BedrockRuntimeClient({}),
  kms: new KMSClient({}),
  cognito: new CognitoIdentityProviderClient({}),
});

/** Without a model and without names for the things in the picture, as a stack is by default. */
export function servicesOf(cloud: Cloud, clients: Clients): Services {
  const bucketName = known(cloud.buckets, mediaBucket);
  const tableName = known(cloud.tables, recordsTable);
  const stateMachineArn = known(cloud.machines, analysisMachine);
  const { keyArn, userPoolId } = cloud;
  const objects = createObjectStore({ bucketName, client: clients.s3 });
  return {
    objects,
    records: createRecordTable({ tableName, client: clients.dynamoDb }),
    catalogue: createRecordCatalogue({ tableName, indexName: 'byUser', client: clients.dynamoDb }),
    preferences: createPreferenceTable({
      tableName: known(cloud.tables, preferencesTable),
      client: clients.dynamoDb,
    }),
    links: createLinks({ bucketName, client: clients.s3 }),
    eraser: createObjectEraser({ bucketName, client: clients.s3 }),
    executions: createExecutionStarter({ stateMachineArn, client: clients.stepFunctions }),
    runs: createExecutionRuns({ stateMachineArn, client: clients.stepFunctions }),
    transcriptionJobs: createTranscriptionJobs({ client: clients.transcribe }),
    identity: createIdentity({ userPoolId, clientId, fetchKeys }),
    accounts: createAccounts({ userPoolId, client: clients.cognito }),
    sealer: createSealer({ keyArn, client: clients.kms }),
    keeping: { longestRetentionDays: 365 },
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
