// What is thrown when something of the predecessor's cannot be read?
import { GreenroomError } from '../errors.ts';

/** The value has no shape that the predecessor ever wrote: permanent, and the record is left where it is. */
export class LegacyUnreadable extends GreenroomError {
  override readonly name = 'LegacyUnreadable';
  constructor(problem: string, cause?: unknown) {
    super('MODEL_OUTPUT', `The predecessor’s record cannot be read: ${problem}.`, { cause });
  }
}
