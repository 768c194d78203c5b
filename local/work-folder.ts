// Where does an analysis keep its work until it is done, and how does a second run find it again?
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { newRecordId, recordIdSchema, type RecordId } from '../domain/ids.ts';
import { lockFolder } from './folder-lock.ts';
import { WrongUsage } from './wrong-usage.ts';

/** Everything that decides the result; another request in the same folder starts afresh. */
export interface Request {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly question: string | null;
  readonly language: string | null;
  readonly transcriber: unknown;
  /** Whatever else makes a difference, in a fixed order. */
  readonly settings: readonly unknown[];
}

export interface WorkFolder {
  readonly path: string;
  readonly recordId: RecordId;
  /** Removes the folder and lets the next run in. */
  readonly remove: () => Promise<void>;
}

const noteSchema = z.object({ fingerprint: z.string(), recordId: recordIdSchema });

const fingerprintOf = (request: Request): string =>
  createHash('sha256').update(JSON.stringify(request)).digest('hex');

const lockName = 'lock';

async function readNote(path: string) {
  const text = await readFile(path, 'utf8').catch(() => 'null');
  try {
    return noteSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

async function take(path: string, request: Request): Promise<RecordId> {
  const notePath = join(path, 'request.json');
  const fingerprint = fingerprintOf(request);
  const left = await readNote(notePath);
  if (left?.fingerprint === fingerprint) return left.recordId;
  for (const name of await readdir(path))
    if (name !== lockName) await rm(join(path, name), { recursive: true, force: true });
  const recordId = newRecordId();
  await writeFile(`${notePath}.part`, JSON.stringify({ fingerprint, recordId }));
  await rename(`${notePath}.part`, notePath);
  return recordId;
}

/**
 * The folder `.greenroom-work` in `out`, for this process alone. If a killed run of the same request left one, it is
 * taken up again with its record, so that finished stages are not repeated; anything else that lies there is removed.
 * @throws WrongUsage while another process works there
 */
export async function openWorkFolder(out: string, request: Request): Promise<WorkFolder> {
  const path = join(out, '.greenroom-work');
  await mkdir(path, { recursive: true, mode: 0o700 });
  const held = lockFolder(path, { name: lockName });
  if (!held) throw new WrongUsage(`Another analysis is writing into ${out}.`);
  const remove = async (): Promise<void> => {
    // Removed once, it may already belong to the next run.
    if (!held.isHeld()) return;
    try {
      await rm(path, { recursive: true, force: true });
    } finally {
      held.close();
    }
  };
  try {
    return { path, recordId: await take(path, request), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
