// Did FFmpeg or ffprobe come to an end of its own, so that the file may be judged by it?
import { InternalError, ResourceExhausted, TemporaryFailure } from '../domain/errors.ts';
import type { ProcessResult } from './process.ts';
import { diskWasFull, memoryWasFull } from './stderr.ts';

/** FFmpeg's exit code when a signal asked it to stop and it did so in order; SIGXCPU is such a signal. */
const stoppedInOrder = 255;

/**
 * Throws when the machine or our code ended the program, whatever the file is like. `task` begins the sentence:
 * "The conversion".
 * @throws ResourceExhausted (TIMEOUT, OUT_OF_MEMORY), TemporaryFailure (DISK_FULL, UPSTREAM), InternalError (a crash)
 */
export function throwUnlessItsOwnEnd(
  { exitCode, killedBy, timedOut, stderr }: ProcessResult,
  task: string,
): void {
  if (timedOut) throw new ResourceExhausted('TIMEOUT', `${task} took too long.`);
  // Other analyses free their scratch space when they end, so waiting may help.
  if (diskWasFull(stderr)) throw new TemporaryFailure('DISK_FULL', 'The disk is full.');
  if (memoryWasFull(stderr)) throw new ResourceExhausted('OUT_OF_MEMORY', `${task} ran out of memory.`);
  // A crash will crash again.
  if (killedBy === 'SIGABRT' || killedBy === 'SIGSEGV')
    throw new InternalError(`${task} crashed with ${killedBy}`);
  if (killedBy === 'SIGXCPU' || exitCode === stoppedInOrder)
    throw new ResourceExhausted('TIMEOUT', `${task} was stopped, by its limit of CPU time or from outside.`);
  if (killedBy !== null) throw new TemporaryFailure('UPSTREAM', `${task} was ended by ${killedBy}.`);
}
