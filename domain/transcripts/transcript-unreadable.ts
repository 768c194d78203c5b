// What is thrown when a transcript file cannot be used?
import { GreenroomError } from '../errors.ts';

/**
 * The file is no transcript Greenroom can read: permanent for this file, told to the user in one sentence
 * that names the line where the file has lines. The only error the readers of transcripts throw.
 */
export class TranscriptUnreadable extends GreenroomError {
  override readonly name = 'TranscriptUnreadable';
  /** Counted from 1; `null` where the fault is not on one line. */
  readonly line: number | null;

  constructor(problem: string, line: number | null = null, cause?: unknown) {
    const where = line === null ? '' : `, line ${line}`;
    super('MODEL_OUTPUT', `The transcript cannot be read${where}: ${problem}.`, { cause });
    this.line = line;
  }
}
