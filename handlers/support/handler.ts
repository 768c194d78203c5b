// What is a handler? One job with a checked input, run the same on Lambda and on this machine.
import type { z } from 'zod';
import type { Services } from '../../services/contracts.ts';
import type { MediaTools } from '../../media/tools.ts';
import type { VisionOptions, VisionSession } from '../../media/vision/open-vision.ts';
import { GreenroomError, InternalError, codeOf } from '../../domain/errors.ts';

/** Structured log: one event name and its facts. */
export type Log = (event: string, facts?: { readonly [fact: string]: unknown }) => void;

/** Everything a host gives to a handler; `Needs` names the services that this handler is granted. */
export interface HandlerContext<Needs extends keyof Services = never> {
  readonly services: Pick<Services, Needs>;
  readonly media: {
    readonly tools: MediaTools;
    /** `null` switches the look for faces off. */
    readonly openVision: ((options: VisionOptions) => Promise<VisionSession>) | null;
  };
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Where private scratch folders may be made. */
  readonly scratchFolder: string;
  readonly onProgress: (fraction: number) => void;
  /** How long this call may take before its host ends it. */
  readonly timeoutSeconds: number;
}

export interface Handler<Schema extends z.ZodType, Output, Needs extends keyof Services> {
  readonly input: Schema;
  readonly run: (input: z.output<Schema>, context: HandlerContext<Needs>) => Promise<Output>;
}

/** Ties a schema to the function that takes its output. */
export const defineHandler = <Schema extends z.ZodType, Output, Needs extends keyof Services>(
  handler: Handler<Schema, Output, Needs>,
): Handler<Schema, Output, Needs> => handler;

/** An error as Step Functions gets it from a function: its name, and a cause that keeps the code. */
export class HandlerFailed extends Error {
  /** The JSON text that Lambda makes of an error. */
  override readonly cause: string;
  constructor(error: unknown) {
    const known = error instanceof Error ? error : new InternalError('something that is no error was thrown');
    const errorMessage = `${codeOf(error)}: ${known.message}`;
    super(errorMessage);
    this.name = known instanceof GreenroomError ? known.name : 'InternalError';
    this.cause = JSON.stringify({ errorType: this.name, errorMessage });
  }
}

/** Checks the payload and runs the handler; whatever goes wrong is thrown as `HandlerFailed`. */
export async function invokeHandler<Schema extends z.ZodType, Output, Needs extends keyof Services>(
  handler: Handler<Schema, Output, Needs>,
  payload: unknown,
  context: HandlerContext<Needs>,
): Promise<Output> {
  try {
    const parsed = handler.input.safeParse(payload);
    if (!parsed.success)
      throw new InternalError(`the input does not fit its schema: ${parsed.error.message}`, {
        cause: parsed.error,
      });
    return await handler.run(parsed.data, context);
  } catch (error) {
    // A cancelled handler says so itself; it has not failed.
    context.signal.throwIfAborted();
    context.log('handler failed', { code: codeOf(error), message: String(error) });
    throw new HandlerFailed(error);
  }
}
