// What does a user get to see of their records? Lists, the progress of an analysis, its run, and addresses of its files.
import { operations } from '../../domain/api/operations.ts';
import { contentTypes, derivedKey } from '../../domain/ids.ts';
import { progressOf } from '../../domain/progress.ts';
import { isTerminal, type Record } from '../../domain/record.ts';
import { recordView } from '../../domain/record-view.ts';
import { runView } from '../../domain/run/run-view.ts';
import type { ExecutionRun } from '../../domain/run/execution-run.ts';
import { defineApi, defineRoute } from '../support/api.ts';
import { ApiProblem } from '../support/api-problem.ts';
import { derivedFilesOf } from '../support/derived-files.ts';
import type { HandlerContext } from '../support/handler.ts';
import { openCursor, sealCursor } from '../support/list-cursor.ts';
import { ownRecord } from '../support/own-record.ts';

type Needs = 'records' | 'catalogue' | 'sealer' | 'objects' | 'links' | 'runs';
type Context = HandlerContext<Needs>;

const linkMs = 60 * 60 * 1000;

const runOf = async ({ executionName }: Record, { services }: Context): Promise<ExecutionRun | null> =>
  executionName === null ? null : services.runs.read(executionName);

const listRecords = defineRoute(operations.listRecords, async ({ userId, query }, context: Context) => {
  const { limit, cursor } = query;
  const after = cursor === undefined ? null : await openCursor(cursor, userId, context);
  // One more than is shown tells whether there is another page.
  const found = await context.services.catalogue.list(userId, { limit: limit + 1, after });
  const records = found.slice(0, limit);
  const last = found.length > limit ? records.at(-1) : undefined;
  return {
    records: records.map((record) => recordView(record, null)),
    nextCursor: last ? await sealCursor(last, userId, context) : null,
  };
});

const readRecord = defineRoute(
  operations.readRecord,
  async ({ userId, parameters: { recordId } }, context: Context) => {
    const record = await ownRecord(context, { userId, recordId });
    const run = isTerminal(record.status) ? null : await runOf(record, context);
    return recordView(record, progressOf({ record, run, now: new Date() }));
  },
);

const createDownloads = defineRoute(
  operations.createDownloads,
  async ({ userId, parameters: { recordId } }, context: Context) => {
    const { reportKey, executionName } = await ownRecord(context, { userId, recordId });
    if (reportKey === null || executionName === null)
      throw new ApiProblem('CONFLICT', 'There is no report of this record.');
    const { objects, links } = context.services;
    const expiresAt = new Date(Date.now() + linkMs);
    const addresses = derivedFilesOf(await objects.readJson(reportKey)).map(async (name) => {
      const key = derivedKey({ userId, recordId, executionName }, name);
      return [name, await links.download({ key, contentType: contentTypes[name], expiresAt })] as const;
    });
    return { expiresAt: expiresAt.toISOString(), files: Object.fromEntries(await Promise.all(addresses)) };
  },
);

const readRun = defineRoute(
  operations.readRun,
  async ({ userId, parameters: { recordId } }, context: Context) => {
    const run = await runOf(await ownRecord(context, { userId, recordId }), context);
    if (!run) throw new ApiProblem('NOT_FOUND', 'There is no analysis to look at, or no longer.');
    return runView(run);
  },
);

export const readRecords = defineApi<Needs>([listRecords, readRecord, createDownloads, readRun]);
