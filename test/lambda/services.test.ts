// Do a function's services do what its variables say? Asked of a server in place of AWS.
import { expect } from 'chai';
import { newRecordId, userIdSchema } from '../../domain/ids.ts';
import { readEnvironment } from '../../lambda/environment.ts';
import { openCatalogue } from '../../lambda/services/catalogue.ts';
import { openObjects } from '../../lambda/services/objects.ts';
import { openRecords } from '../../lambda/services/records.ts';
import { openRuns } from '../../lambda/services/runs.ts';
import { openSealer } from '../../lambda/services/sealer.ts';
import { openTranscriber } from '../../lambda/services/transcriber.ts';
import { variablesOf } from '../../systems/environment.ts';
import {
  readRecordsOfUser,
  removeRecords,
  startAnalysis,
  startTranscription,
} from '../../systems/interview/stages.ts';
import type { StageSettings } from '../../systems/stage.ts';
import { answers, openLoopback, refuses, type Loopback } from '../services/aws/loopback.ts';

const variables = {
  BUCKET_NAME: 'media',
  TABLE_NAME: 'records',
  STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:123456789012:stateMachine:analyse',
  RECORD_RETENTION_DAYS: '14',
  TABLE_INDEX_NAME: 'by-user',
  PREFERENCES_TABLE_NAME: 'preferences',
  USER_POOL_ID: 'us-east-1_Ab1Cd2Ef3',
  USER_POOL_CLIENT_ID: 'client',
  ENCRYPTION_KEY_ARN: 'arn:aws:kms:us-east-1:123456789012:key/1',
  DEPLOYMENT: 'greenroom-prod',
};

const userId = userIdSchema.parse('user-1');

const environmentOf = (stage: StageSettings) => readEnvironment(variablesOf(stage), variables);

/** What the SDK takes from its environment. */
const ofSdk = (endpoint: string) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
});

describe('the services of a function', () => {
  let server: Loopback;
  let before: NodeJS.ProcessEnv;
  beforeEach(async () => {
    server = await openLoopback();
    before = { ...process.env };
    Object.assign(process.env, ofSdk(server.place.endpoint));
  });
  afterEach(() => {
    server.close();
    for (const name of Object.keys(ofSdk(''))) delete process.env[name];
    Object.assign(process.env, before);
  });

  it('give a claimed record the end that the deployment wants (A39)', async () => {
    server.replies.push(answers({}));
    const records = openRecords(environmentOf(startAnalysis));
    await records.claim(newRecordId(), 'e1');
    const values = server.seen[0]?.body['ExpressionAttributeValues'];
    const { ':expires': expires } = values as Readonly<Record<string, { readonly N: string } | undefined>>;
    expect(Number(expires?.N)).to.be.closeTo(Date.now() / 1000 + 14 * 86_400, 60);
  });

  it('tag a transcription like the deployment that it belongs to (B54)', async () => {
    server.replies.push(answers({ TranscriptionJob: {} }));
    const environment = environmentOf(startTranscription);
    const job = { name: 'e1', objectKey: 'uploads/user-1/a.webm', language: null };
    await openTranscriber(environment, openObjects(environment)).start(job, new AbortController().signal);
    expect(server.seen[0]?.body['Tags']).to.deep.equal([{ Key: 'deployment', Value: 'greenroom-prod' }]);
  });

  it('seal with the stack’s key, and do not begin without one', async () => {
    server.replies.push(answers({ CiphertextBlob: 'AAAA' }));
    expect(() => openSealer({ ENCRYPTION_KEY_ARN: null })).to.throw(/ENCRYPTION_KEY_ARN is missing/);
    await openSealer(environmentOf(readRecordsOfUser)).seal('x', { userId, operation: 'listRecords' });
    expect(server.seen[0]?.body).to.include({ KeyId: variables.ENCRYPTION_KEY_ARN });
  });

  it('list by the index that the deployment names (A33)', async () => {
    server.replies.push(answers({ Items: [] }));
    const catalogue = openCatalogue(environmentOf(readRecordsOfUser));
    await catalogue.list(userId, { limit: 1, after: null });
    expect(server.seen[0]?.body).to.include({ TableName: 'records', IndexName: 'by-user' });
  });

  it('look only for executions of the deployment’s own state machine', async () => {
    server.replies.push(refuses(400, 'ExecutionDoesNotExist'));
    expect(await openRuns(environmentOf(removeRecords)).stop('e1')).to.equal(false);
    expect(server.seen[0]?.body).to.deep.equal({
      executionArn: 'arn:aws:states:us-east-1:123456789012:execution:analyse:e1',
    });
  });
});
