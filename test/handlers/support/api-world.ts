// What do the API's tests stand on? The handlers behind their routes, the stores of this machine, and users by token.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operations, type OperationId } from '../../../domain/api/operations.ts';
import type { ProblemDocument } from '../../../domain/api/problem.ts';
import { newRecordId, userIdSchema, type UserId } from '../../../domain/ids.ts';
import { newRecord, type Record } from '../../../domain/record.ts';
import type { ExecutionRun } from '../../../domain/run/execution-run.ts';
import type { BatchOutcome } from '../../../handlers/support/queue-batch.ts';
import type { HttpAnswer } from '../../../handlers/support/http.ts';
import { handlers, type LocalContext } from '../../../local/stages.ts';
import type { RecordResult, Services } from '../../../services/contracts.ts';
import { createObjectEraser } from '../../../services/local/eraser.ts';
import { createLinks } from '../../../services/local/links.ts';
import { createObjectStore } from '../../../services/local/objects.ts';
import { openPreferenceTable } from '../../../services/local/preferences.ts';
import { openRecordTable } from '../../../services/local/records.ts';
import { createSealer } from '../../../services/local/sealer.ts';
import { interviewRoutes } from '../../../systems/interview/routes.ts';

export const alice: UserId = userIdSchema.parse('alice');
export const bob: UserId = userIdSchema.parse('bob');

export interface Ask {
  /** `null` sends no token. Default: Alice. */
  readonly as?: UserId | null;
  readonly parameters?: { readonly [name: string]: string };
  readonly query?: { readonly [name: string]: string };
  readonly body?: unknown;
  /** What replaces parts of the event. */
  readonly event?: { readonly [field: string]: unknown };
}

export interface Answer {
  readonly status: number;
  readonly headers: HttpAnswer['headers'];
  readonly text: string;
  /** `null` for an empty body. */
  readonly json: unknown;
}

/** The event that API Gateway, or the local server, makes of a request. */
export function eventOf(id: OperationId, { as = alice, parameters, query, body, event }: Ask): object {
  const { method, path } = operations[id];
  return {
    httpMethod: method,
    resource: path,
    path,
    headers: {
      ...(as === null ? {} : { Authorization: `Bearer ${as}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    multiValueHeaders: null,
    queryStringParameters: query ?? null,
    multiValueQueryStringParameters: null,
    pathParameters: parameters ?? null,
    body: body === undefined ? null : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: { requestId: 'request-1' },
    ...event,
  };
}

const never = () => Promise.reject(new Error('no route may ask for this'));

/** Services of this machine, and executions, jobs and accounts that are only names. */
async function openServices(folder: string) {
  const secret = Buffer.alloc(32, 7);
  const records = openRecordTable(join(folder, 'records.sqlite'));
  const preferences = openPreferenceTable(join(folder, 'preferences.sqlite'));
  const runs = new Map<string, ExecutionRun>();
  const running = new Set<string>();
  const jobs = new Set<string>();
  const accounts = new Set<string>([alice, bob]);
  const services: Services = {
    objects: createObjectStore(join(folder, 'objects')),
    records,
    catalogue: records,
    preferences,
    eraser: createObjectEraser(join(folder, 'objects')),
    links: createLinks({ secret, base: 'http://127.0.0.1:4000' }),
    sealer: createSealer({ secret }),
    runs: {
      read: (name) => Promise.resolve(runs.get(name) ?? null),
      stop: (name) => Promise.resolve(running.delete(name)),
    },
    transcriptionJobs: { remove: (name) => Promise.resolve(jobs.delete(name)) },
    accounts: { remove: (userId) => Promise.resolve(accounts.delete(userId)) },
    identity: {
      userOf: (header) => Promise.resolve([alice, bob].find((user) => header === `Bearer ${user}`) ?? null),
    },
    keeping: { longestRetentionDays: 365 },
    executions: { start: never },
    transcriber: { start: never, read: never },
    assessor: null,
    pictureLabels: null,
  };
  const close = (): void => {
    records.close();
    preferences.close();
  };
  return { services, runs, running, jobs, accounts, close };
}

export type World = Awaited<ReturnType<typeof openWorld>>;

export async function openWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-api-'));
  const opened = await openServices(folder);
  const logged: { readonly event: string; readonly facts: object }[] = [];
  let given: Services = opened.services;
  let { signal } = new AbortController();
  let timeoutSeconds = 120;
  const context = (): LocalContext => ({
    services: given,
    media: { tools: { ffmpeg: '', ffprobe: '', threads: 1 }, openVision: null },
    log: (event, facts = {}) => void logged.push({ event, facts }),
    signal,
    scratchFolder: '',
    onProgress: () => undefined,
    timeoutSeconds,
  });
  const send = async (stage: string, event: unknown): Promise<Answer> => {
    const run = handlers[stage] ?? never;
    const { statusCode, headers, body } = (await run(event, context())) as HttpAnswer;
    return { status: statusCode, headers, text: body, json: body === '' ? null : JSON.parse(body) };
  };
  return {
    ...opened,
    logged,
    context,
    /** Any event to any stage. */
    send,
    /** One operation, by the function that the routes name for it. */
    ask: (id: OperationId, asked: Ask = {}): Promise<Answer> =>
      send(
        interviewRoutes.find(({ operation }) => operation.id === id)?.stage.name ?? '',
        eventOf(id, asked),
      ),
    /** One message of a queue to a stage; the ids of the messages that are to come again. */
    deliver: async (stage: string, body: string): Promise<string[]> => {
      const outcome = (await (handlers[stage] ?? never)(
        { Records: [{ messageId: '0', body }] },
        context(),
      )) as BatchOutcome;
      return outcome.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
    /** Puts some services in the place of others, until the next time. */
    replace: (some: Partial<Services>): void => {
      given = { ...opened.services, ...some };
    },
    /** How long a call may take. */
    allow: (seconds: number): void => {
      timeoutSeconds = seconds;
    },
    abortWith: (other: AbortSignal): void => {
      signal = other;
    },
    close: async (): Promise<void> => {
      opened.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface Seed extends Partial<Omit<Record, 'recordId' | 'userId'>> {
  readonly userId?: UserId;
  /** How far it has come; default: it waits for its upload. */
  readonly reached?: 'PROCESSING' | RecordResult;
}

/** A record that is there, as the table itself would have let it become. */
export async function seed(world: World, { userId = alice, reached, ...known }: Seed = {}): Promise<Record> {
  const { records } = world.services;
  const recordId = newRecordId();
  const fresh = newRecord({ recordId, userId, now: new Date('2026-05-01T12:00:00.000Z') });
  const upload = { contentType: 'video/webm', sizeBytes: 1000 } as const;
  await records.create({ ...fresh, ...upload, ...known });
  const executionName = `execution-of-${recordId.toLowerCase()}`;
  if (reached !== undefined) {
    await records.claim(recordId, executionName);
    world.running.add(executionName);
  }
  if (reached !== undefined && reached !== 'PROCESSING') {
    await records.finish(recordId, executionName, reached);
    world.running.delete(executionName);
  }
  return (await records.read(recordId)) ?? fresh;
}

export const codeOf = ({ json }: Answer): ProblemDocument['code'] | null =>
  (json as ProblemDocument | null)?.code ?? null;
