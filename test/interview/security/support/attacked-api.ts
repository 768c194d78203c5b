// What does an attacker find? The API's real handlers on this machine's real stores, behind the deployed authorisation.
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operations, type OperationId } from '../../../../domain/api/operations.ts';
import { newRecordId, userIdSchema, type UserId } from '../../../../domain/ids.ts';
import { newRecord, type Record } from '../../../../domain/record.ts';
import type { ExecutionRun } from '../../../../domain/run/execution-run.ts';
import type { HttpAnswer } from '../../../../handlers/support/http.ts';
import { readEnvironment } from '../../../../local/environment.ts';
import { openLocalServices } from '../../../../local/services.ts';
import { handlers, type LocalContext } from '../../../../local/stages.ts';
import type { Services } from '../../../../services/contracts.ts';
import { interviewRoutes } from '../../../../systems/interview/routes.ts';
import { expectLawful, type Seen } from './answer-laws.ts';
import { stateOf, type FolderState } from './folder-state.ts';
import { bearerOf, poolIdentity } from './tokens.ts';

export const owner: UserId = userIdSchema.parse('0b1c2d3e-1111-4222-8333-444455556666');
export const other: UserId = userIdSchema.parse('9f8e7d6c-aaaa-4bbb-8ccc-ddddeeeeffff');

/** A request as a client means it. */
export interface Request {
  readonly parameters?: { readonly [name: string]: string };
  readonly query?: { readonly [name: string]: string };
  readonly body?: unknown;
}

export interface Sending {
  /** The values of `Authorization`, or the user who signs in. */
  readonly as: UserId | readonly string[];
  /** Texts of the caller's own, which look like something that nobody may see. */
  readonly own?: readonly string[];
  /** What replaces parts of the event. */
  readonly event?: { readonly [field: string]: unknown };
}

/** A run shows its owner the programs as they were called, with the files of their scratch folder. */
const ranCommands = ['file:/tmp/recording'];

const never = () => Promise.reject(new Error('no route may ask for this'));

const eventOf = (id: OperationId, asked: Request, authorization: readonly string[]): object => ({
  httpMethod: operations[id].method,
  resource: operations[id].path,
  path: operations[id].path,
  headers: {},
  multiValueHeaders: {
    'x-forwarded-for': ['192.0.2.1'],
    ...(authorization.length === 0 ? {} : { Authorization: authorization }),
    ...(asked.body === undefined ? {} : { 'content-type': ['application/json'] }),
  },
  queryStringParameters: asked.query ?? null,
  multiValueQueryStringParameters: null,
  pathParameters: asked.parameters ?? null,
  body: asked.body === undefined ? null : JSON.stringify(asked.body),
  isBase64Encoded: false,
  requestContext: { requestId: 'request-1' },
});

async function openServices(folder: string) {
  const runs = new Map<string, ExecutionRun>();
  const accounts = new Set<UserId>([owner, other]);
  await mkdir(folder, { recursive: true });
  const local = await openLocalServices(folder, readEnvironment({}), {
    executions: { start: never },
    transcriber: () => ({ start: never, read: never }),
    runs: { read: (name) => Promise.resolve(runs.get(name) ?? null), stop: () => Promise.resolve(true) },
  });
  const services: Services = {
    ...local.services,
    identity: await poolIdentity(),
    accounts: { remove: (userId) => Promise.resolve(accounts.delete(userId)) },
  };
  return { services, runs, accounts, close: local.close, sessionToken: local.sessionToken };
}

export type AttackedApi = Awaited<ReturnType<typeof openAttackedApi>>;

/** Every answer that it gives is held to the laws. */
export async function openAttackedApi() {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-attack-'));
  const { services, runs, accounts, close, sessionToken } = await openServices(folder);
  const secret = await readFile(join(folder, 'secret'), 'utf8');
  const context: LocalContext = {
    services,
    media: { tools: { ffmpeg: '', ffprobe: '', threads: 1 }, openVision: null },
    log: () => undefined,
    signal: new AbortController().signal,
    scratchFolder: '',
    onProgress: () => undefined,
    timeoutSeconds: 120,
  };
  const ask = async (id: OperationId, asked: Request, { as, own = [], event }: Sending): Promise<Seen> => {
    const authorization = typeof as === 'string' ? [await bearerOf(as)] : as;
    const stage = interviewRoutes.find(({ operation }) => operation.id === id)?.stage.name ?? '';
    const run = handlers[stage] ?? never;
    const given = (await run({ ...eventOf(id, asked, authorization), ...event }, context)) as HttpAnswer;
    const seen = { status: given.statusCode, headers: given.headers, text: given.body };
    const tokens = authorization.map((one) => one.split(' ').at(-1) ?? '').filter((one) => one.length > 9);
    const strangers = [owner, other].filter((user) => user !== as);
    expectLawful(seen, {
      operation: operations[id],
      secrets: [folder, secret, sessionToken, ...tokens, ...strangers],
      own: [...ranCommands, ...own],
    });
    return seen;
  };
  return {
    folder,
    services,
    runs,
    accounts,
    ask,
    state: (): Promise<FolderState> => stateOf(folder),
    close: async (): Promise<void> => {
      close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface Seed extends Partial<Pick<Record, 'createdAt' | 'fileName'>> {
  readonly isAnalysed?: boolean;
}

/** A record that waits for its upload, or one whose analysis is under way. */
export async function seed(
  { services: { records } }: { readonly services: Pick<Services, 'records'> },
  userId: UserId,
  { isAnalysed = false, ...known }: Seed = {},
): Promise<Record> {
  const recordId = newRecordId();
  const upload = { contentType: 'video/webm', sizeBytes: 1000 } as const;
  const record = { ...newRecord({ recordId, userId, now: new Date() }), ...upload, ...known };
  await records.create(record);
  if (isAnalysed) await records.claim(recordId, `execution-of-${recordId.toLowerCase()}`);
  return (await records.read(recordId)) ?? record;
}
