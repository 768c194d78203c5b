// Which calls do the stages make that no execution runs? Every operation of the API is asked, and the clock strikes.
import { AdminCreateUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { z } from 'zod';
import { operations, type OperationId } from '../../../domain/api/operations.ts';
import { uploadFormSchema } from '../../../domain/api/shapes.ts';
import { consentPolicyVersion } from '../../../domain/consent.ts';
import { derivedKey, newRecordId, uploadKey, userIdSchema, type UserId } from '../../../domain/ids.ts';
import { newRecord, type Record } from '../../../domain/record.ts';
import { filesSchema } from '../../../domain/report.ts';
import { functionArn, runStage, type LocalContext } from '../../../local/stages.ts';
import type { Services } from '../../../services/contracts.ts';
import { interviewRoutes } from '../../../systems/interview/routes.ts';
import type { Cloud } from './cloud.ts';
import { deliver } from './deliveries.ts';
import type { RecordedCall } from './recorder.ts';
import { makeClients } from './services.ts';
import { authorizationOf } from './tokens.ts';

const answerSchema = z.object({ statusCode: z.number(), body: z.string() });

interface Question {
  readonly parameters?: { readonly [name: string]: string };
  readonly query?: { readonly [name: string]: string };
  readonly body?: object;
}

type Ask = (id: OperationId, question?: Question) => Promise<unknown>;

/** Asks the stage behind an operation, as API Gateway does; whatever is no success is a fault of the test. */
const askAs =
  (authorization: string, contextFor: (stage: string) => LocalContext): Ask =>
  async (id, { parameters = {}, query = {}, body } = {}) => {
    const { method, path } = operations[id];
    const stage = interviewRoutes.find(({ operation }) => operation.id === id)?.stage.name ?? '';
    const event = {
      httpMethod: method,
      resource: path,
      headers: { Authorization: authorization, 'Content-Type': 'application/json' },
      pathParameters: parameters,
      queryStringParameters: query,
      body: body === undefined ? null : JSON.stringify(body),
      isBase64Encoded: false,
      requestContext: { requestId: 'r' },
    };
    const given = answerSchema.parse(await runStage(functionArn(stage), event, contextFor(stage)));
    if (given.statusCode >= 300) throw new Error(`${id} was answered with ${given.body}`);
    return given.body === '' ? null : JSON.parse(given.body);
  };

/** A user with an account, and the id that their tokens carry. */
async function signUp({ userPoolId }: Cloud): Promise<UserId> {
  const command = new AdminCreateUserCommand({ UserPoolId: userPoolId, Username: 'somebody@example.com' });
  const { User } = await makeClients().cognito.send(command);
  return userIdSchema.parse(User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value);
}

/** As much of a report as says that there is nothing beside it. */
const reportOfNothing = {
  labels: null,
  transcript: null,
  assessment: null,
  files: Object.fromEntries(Object.keys(filesSchema.shape).map((name) => [name, null])),
};

/** A record that is being analysed, with an object under every prefix that belongs to it. */
async function beingAnalysed(services: Services, given: Partial<Record> & { userId: UserId }) {
  const recordId = newRecordId();
  const executionName = `execution-${recordId}`;
  await services.records.create({ ...newRecord({ recordId, now: new Date(), ...given }), ...given });
  await services.executions.start(executionName, {});
  await services.records.claim(recordId, executionName);
  const reportKey = derivedKey({ ...given, recordId, executionName }, 'report');
  for (const key of [
    uploadKey(given.userId, recordId, 'webm'),
    reportKey,
    `transcriptions/${executionName}.json`,
  ])
    await services.objects.writeJson(key, reportOfNothing);
  return { recordId, executionName, reportKey };
}

interface Used {
  readonly cloud: Cloud;
  /** Nobody records what these do. */
  readonly services: Services;
  readonly contextFor: (stage: string) => LocalContext;
  readonly calls: RecordedCall[];
}

/** A browser needs the right that whoever signed its form has. */
function useForm(form: unknown, calls: RecordedCall[]): void {
  const { bucket, key } = uploadFormSchema.parse(form).fields;
  calls.push({ stage: 'create-upload', command: 'PostObject', input: { Bucket: bucket, Key: key } });
}

async function upload(ask: Ask, calls: RecordedCall[]): Promise<void> {
  const body = { contentType: 'video/webm', sizeBytes: 5, sha256: '0'.repeat(64), consentPolicyVersion };
  const created = z
    .object({ record: z.object({ recordId: z.string() }), upload: uploadFormSchema })
    .parse(await ask('createRecord', { body }));
  useForm(created.upload, calls);
  useForm(await ask('renewUpload', { parameters: { recordId: created.record.recordId } }), calls);
}

async function keepPreferences(ask: Ask): Promise<void> {
  const parameters = { questionSetId: 'mine' };
  await ask('writeQuestionSet', {
    parameters,
    body: { title: 'Mine', language: 'en', questions: ['Why?'] },
  });
  await ask('listQuestionSets');
  await ask('deleteQuestionSet', { parameters });
  await ask('writeSettings', { body: { retentionDays: 30 } });
  await ask('readSettings');
}

/** Asks every operation but the one of health, as one user from their first record to their last; then the clock. */
export async function useApi({ cloud, services, contextFor, calls }: Used): Promise<void> {
  const userId = await signUp(cloud);
  const ask = askAs(await authorizationOf(cloud.userPoolId, userId), contextFor);
  await keepPreferences(ask);
  await upload(ask, calls);
  const { recordId, executionName, reportKey } = await beingAnalysed(services, { userId });
  const parameters = { recordId };
  const { nextCursor } = z
    .object({ nextCursor: z.string() })
    .parse(await ask('listRecords', { query: { limit: '1' } }));
  await ask('listRecords', { query: { cursor: nextCursor } });
  await ask('readRecord', { parameters });
  await ask('readRun', { parameters });
  const cancelled = await beingAnalysed(services, { userId });
  await ask('cancelAnalysis', { parameters: { recordId: cancelled.recordId } });
  await services.records.finish(recordId, executionName, { status: 'SUCCEEDED', problems: [], reportKey });
  await ask('createDownloads', { parameters });
  await ask('deleteRecord', { parameters });
  await ask('deleteMe');

  const keepUntil = new Date(0).toISOString();
  await beingAnalysed(services, { userId: userIdSchema.parse('somebody-else'), keepUntil });
  const failed = await deliver(
    'expire-records',
    [{ messageId: '1', body: '{}' }],
    contextFor('expire-records'),
  );
  if (failed.length > 0) throw new Error('records that are due were not deleted');
}
