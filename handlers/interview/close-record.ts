// An execution has ended without success: is its record closed? If it could not do that itself, it is done here.
import { z } from 'zod';
import { InternalError } from '../../domain/errors.ts';
import { problemOf } from '../../domain/failure.ts';
import type { Problem } from '../../domain/report.ts';
import { analysisInputSchema } from '../../domain/stage-io.ts';
import { defineHandler, type HandlerContext } from '../support/handler.ts';
import { queueBatchSchema, workThrough, type BatchOutcome } from '../support/queue-batch.ts';

type Context = HandlerContext<'records'>;

/** EventBridge's "Step Functions Execution Status Change"; it leaves out an input that makes it too large. */
const executionEndedSchema = z.object({
  detail: z.object({
    name: z.string(),
    status: z.enum(['FAILED', 'TIMED_OUT', 'ABORTED']),
    input: z.string().nullish(),
    error: z.string().nullish(),
    cause: z.string().nullish(),
  }),
});
type ExecutionEnd = z.infer<typeof executionEndedSchema>['detail'];

const stopped: Problem = {
  code: 'UPSTREAM',
  message: 'The analysis was stopped before it was done; please try again later.',
};

function problemBehind({ status, error, cause }: ExecutionEnd): Problem {
  switch (status) {
    case 'ABORTED':
      return stopped;
    case 'TIMED_OUT':
      return problemOf({ Error: 'States.Timeout', Cause: '' });
    case 'FAILED':
      return problemOf({ Error: error ?? 'InternalError', Cause: cause ?? 'no cause was given' });
  }
}

async function closeOne(body: string, { services, log }: Context): Promise<void> {
  const { detail } = executionEndedSchema.parse(JSON.parse(body));
  const { name: executionName, status, input } = detail;
  // Without it nobody knows the record: somebody must look, so the message goes to the dead letters.
  if (input == null)
    throw new InternalError(`the end of the execution ${executionName} came without its input`);
  const { recordId } = analysisInputSchema.parse(JSON.parse(input));
  const problem = problemBehind(detail);
  const result = { status: 'FAILED', problems: [problem], reportKey: null } as const;
  const isClosed = await services.records.finish(recordId, executionName, result);
  // Nearly every failed execution has closed its record itself.
  log(isClosed ? 'record closed' : 'record left alone', {
    recordId,
    executionName,
    status,
    code: problem.code,
  });
}

/** A record that is closed, or belongs to another execution, stays as it is (A11, A15, A63). */
export const closeRecord = defineHandler({
  input: queueBatchSchema,
  run: async (batch, context: Context): Promise<BatchOutcome> =>
    workThrough(batch, context, (body) => closeOne(body, context)),
});
