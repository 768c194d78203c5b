// An upload has arrived: which execution does it start? A second delivery of the same upload starts nothing (A11).
import { z } from 'zod';
import { InternalError } from '../../domain/errors.ts';
import { executionNameOf, parseUploadKey } from '../../domain/ids.ts';
import { isCancelled } from '../../domain/record.ts';
import type { AnalysisInput } from '../../domain/stage-io.ts';
import { defineHandler, type HandlerContext } from '../support/handler.ts';
import { queueBatchSchema, workThrough, type BatchOutcome } from '../support/queue-batch.ts';

type Context = HandlerContext<'records' | 'executions'>;

/** EventBridge's "Object Created" event of S3; its key is not URL-encoded. */
const objectCreatedSchema = z.object({
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({ key: z.string(), etag: z.string(), 'version-id': z.string().default('null') }),
  }),
});

async function startOne(body: string, { services, log }: Context): Promise<void> {
  const { bucket, object } = objectCreatedSchema.parse(JSON.parse(body)).detail;
  const named = parseUploadKey(object.key);
  if (!named) throw new InternalError(`the key ${object.key} names no record`);
  const record = await services.records.read(named.recordId);
  if (record?.userId !== named.userId) throw new InternalError(`no record belongs to ${object.key}`);
  // Between the claim and the start its user may have cancelled; any other closed record has had its execution.
  if (isCancelled(record)) {
    log('upload ignored', { recordId: named.recordId, reason: 'the analysis was cancelled' });
    return;
  }
  const { key, etag, 'version-id': versionId } = object;
  const executionName = executionNameOf({ bucket: bucket.name, key, etag, versionId }, record.attempt);
  if (!(await services.records.claim(named.recordId, executionName))) {
    log('upload ignored', { recordId: named.recordId, reason: 'the record is being analysed or is closed' });
    return;
  }
  const input: AnalysisInput = {
    userId: record.userId,
    recordId: record.recordId,
    objectKey: object.key,
    sha256: record.sha256,
    question: record.question,
    language: record.language,
  };
  log('analysis started', { executionName, outcome: await services.executions.start(executionName, input) });
}

export const startAnalysis = defineHandler({
  input: queueBatchSchema,
  run: async (batch, context: Context): Promise<BatchOutcome> =>
    workThrough(batch, context, (body) => startOne(body, context)),
});
