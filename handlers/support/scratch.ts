// Where does a handler keep its files while it works?
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TemporaryFailure, codeOf } from '../../domain/errors.ts';

/** A private folder (mode 0700) that is gone when the work is over, however it ends. */
export async function withScratchFolder<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(parent, 'greenroom-'));
  try {
    return await work(folder);
  } catch (error) {
    if (!(error instanceof TemporaryFailure) && codeOf(error) === 'DISK_FULL')
      throw new TemporaryFailure('DISK_FULL', 'The disk is full.', { cause: error });
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
