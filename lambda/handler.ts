// How does a handler become a Lambda function? The second host of the handlers; the first is `local/`.
import { mkdir, rm } from 'node:fs/promises';
import { z } from 'zod';
import { ResourceExhausted } from '../domain/errors.ts';
import {
  HandlerFailed,
  invokeHandler,
  type Handler,
  type HandlerContext,
} from '../handlers/support/handler.ts';
import type { Services } from '../services/contracts.ts';
import { createLog } from './log.ts';

/** What we use of Lambda's context object. */
export interface LambdaContext {
  readonly awsRequestId: string;
  readonly getRemainingTimeInMillis: () => number;
}
export type LambdaFunction = (event: unknown, context: LambdaContext) => Promise<unknown>;

export interface HostOptions<Needs extends keyof Services> {
  /** Name of the stage, for the log. */
  readonly stage: string;
  readonly services: Pick<Services, Needs>;
  readonly media: HandlerContext['media'];
  /** For this function alone: what lies there at the beginning of a call is removed. Default `/tmp/greenroom`. */
  readonly scratchFolder?: string;
  /** Default: standard output, which Lambda keeps. */
  readonly write?: (line: string) => void;
}

/** For ending children (5 s until they are killed), removing files and answering. */
const mostMarginMs = 8000;

/** How much of the time a call must leave, in ms: a tenth of what it has, at most 8 s. */
const marginMs = (remainingMs: number): number => Math.min(mostMarginMs, remainingMs / 10);

/** Where a state machine's payload names its execution. */
const executionSchema = z.object({ owner: z.object({ executionName: z.string() }) });
const jobSchema = z.object({ jobName: z.string() });
const executionNameOf = (event: unknown): string | null =>
  executionSchema.safeParse(event).data?.owner.executionName ??
  jobSchema.safeParse(event).data?.jobName ??
  null;

/** A call that was killed leaves files, and the next one may find the disk full. One sandbox has one call at a time. */
async function makeScratchFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
  // Not recursive: it must be ours, and new.
  await mkdir(path, { mode: 0o700 });
}

/**
 * The function that Lambda calls. What goes wrong arrives in Step Functions as the name of its family and
 * `CODE: sentence`, a call that ran out of time as `ResourceExhausted` (TIMEOUT), before Lambda kills it.
 */
export function hostHandler<Schema extends z.ZodType, Output, Needs extends keyof Services>(
  handler: Handler<Schema, Output, Needs>,
  options: HostOptions<Needs>,
): LambdaFunction {
  const { stage, services, media, scratchFolder = '/tmp/greenroom' } = options;
  const write = options.write ?? ((line: string) => void process.stdout.write(line));
  return async (event, { awsRequestId, getRemainingTimeInMillis }) => {
    const remainingMs = getRemainingTimeInMillis();
    const timeMs = remainingMs - marginMs(remainingMs);
    const log = createLog({ stage, requestId: awsRequestId, executionName: executionNameOf(event), write });
    const over = new AbortController();
    const timer = setTimeout(() => {
      log('time is over');
      over.abort(new ResourceExhausted('TIMEOUT', 'The function ran out of time.'));
    }, timeMs);
    try {
      await makeScratchFolder(scratchFolder);
      return await invokeHandler(handler, event, {
        services,
        media,
        log,
        scratchFolder,
        signal: over.signal,
        onProgress: () => undefined,
        timeoutSeconds: timeMs / 1000,
      });
    } catch (error) {
      throw error instanceof HandlerFailed ? error : new HandlerFailed(error);
    } finally {
      clearTimeout(timer);
    }
  };
}
