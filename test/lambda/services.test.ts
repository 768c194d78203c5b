// Do a function's services do what its variables say? Asked of a server in place of AWS.
import { expect } from 'chai';
import { newRecordId } from '../../domain/ids.ts';
import { readEnvironment } from '../../lambda/environment.ts';
import { openObjects } from '../../lambda/services/objects.ts';
import { openRecords } from '../../lambda/services/records.ts';
import { openTranscriber } from '../../lambda/services/transcriber.ts';
import { variablesOf } from '../../systems/environment.ts';
import { startAnalysis, startTranscription } from '../../systems/interview/stages.ts';
import { answers, openLoopback, type Loopback } from '../services/aws/loopback.ts';

const variables = {
  BUCKET_NAME: 'media',
  TABLE_NAME: 'records',
  STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:123456789012:stateMachine:analyse',
  RECORD_RETENTION_DAYS: '14',
  DEPLOYMENT: 'greenroom-prod',
};

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
    const records = openRecords(readEnvironment(variablesOf(startAnalysis), variables));
    await records.claim(newRecordId(), 'e1');
    const values = server.seen[0]?.body['ExpressionAttributeValues'];
    const { ':expires': expires } = values as Readonly<Record<string, { readonly N: string } | undefined>>;
    expect(Number(expires?.N)).to.be.closeTo(Date.now() / 1000 + 14 * 86_400, 60);
  });

  it('tag a transcription like the deployment that it belongs to (B54)', async () => {
    server.replies.push(answers({ TranscriptionJob: {} }));
    const environment = readEnvironment(variablesOf(startTranscription), variables);
    const job = { name: 'e1', objectKey: 'uploads/user-1/a.webm', language: null };
    await openTranscriber(environment, openObjects(environment)).start(job, new AbortController().signal);
    expect(server.seen[0]?.body['Tags']).to.deep.equal([{ Key: 'deployment', Value: 'greenroom-prod' }]);
  });
});
