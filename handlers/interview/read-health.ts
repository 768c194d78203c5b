// Can the system do its work? Whoever asks learns yes or no, and nothing about its inside.
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { TemporaryFailure } from '../../domain/errors.ts';
import { recordIdSchema } from '../../domain/ids.ts';
import { defineHandler, type HandlerContext } from '../support/handler.ts';
import { jsonAnswer, problemAnswer, type HttpAnswer } from '../support/http.ts';

/** No record has it: the first id of the year 1970, drawn from 80 zero bits. */
const nobody = recordIdSchema.parse('0'.repeat(26));

/** A load balancer or a probe waits about five seconds for an answer; a slow table is a broken one. */
const patienceSeconds = 3;

async function withPatience(work: Promise<unknown>, seconds: number): Promise<void> {
  const over = new AbortController();
  const late = delay(seconds * 1000, undefined, { signal: over.signal }).then(() => {
    throw new TemporaryFailure('TIMEOUT', 'The table did not answer in time.');
  });
  // The clock that lost has nothing more to say.
  late.catch(() => undefined);
  try {
    await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}

/** 200 when the records can be read, else 503; never an error, so that no page of API Gateway takes its place. */
export const readHealth = defineHandler({
  // API Gateway's proxy event; nothing of it matters.
  input: z.object({}),
  run: async (_event, { services, log, timeoutSeconds }: HandlerContext<'records'>): Promise<HttpAnswer> => {
    try {
      await withPatience(services.records.read(nobody), Math.min(patienceSeconds, timeoutSeconds));
      return jsonAnswer(200, { status: 'ok' });
    } catch (error) {
      log('health check failed', { error: String(error) });
      return problemAnswer('UNAVAILABLE');
    }
  },
});
