// Where does the next page of a list begin? Said in a text that only we can read, bound to its user.
import { z } from 'zod';
import { recordIdSchema, type UserId } from '../../domain/ids.ts';
import type { RecordPosition } from '../../services/contracts.ts';
import { ApiProblem } from './api-problem.ts';
import type { HandlerContext } from './handler.ts';

const cursorSchema = z.strictObject({
  createdAt: z.iso.datetime(),
  recordId: recordIdSchema,
  /** Milliseconds since 1970. */
  expires: z.int(),
});

const hourMs = 60 * 60 * 1000;
const operation = 'listRecords';

/** A cursor for the page after this record; good for an hour, for this user and this list only. */
export const sealCursor = async (
  { createdAt, recordId }: RecordPosition,
  userId: UserId,
  { services }: HandlerContext<'sealer'>,
): Promise<string> =>
  services.sealer.seal(JSON.stringify({ createdAt, recordId, expires: Date.now() + hourMs }), {
    userId,
    operation,
  });

function positionIn(text: string): RecordPosition | null {
  try {
    const { expires, ...position } = cursorSchema.parse(JSON.parse(text));
    return expires > Date.now() ? position : null;
  } catch {
    return null;
  }
}

/** @throws ApiProblem INVALID_REQUEST for whatever is not, or no longer, a cursor of this user's */
export async function openCursor(
  cursor: string,
  userId: UserId,
  { services }: HandlerContext<'sealer'>,
): Promise<RecordPosition> {
  const text = await services.sealer.open(cursor, { userId, operation });
  const position = text === null ? null : positionIn(text);
  if (position === null)
    throw new ApiProblem('INVALID_REQUEST', null, [
      { at: 'query.cursor', message: 'is not valid, or no longer; begin with the first page' },
    ]);
  return position;
}
