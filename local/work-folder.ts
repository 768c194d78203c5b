// Where does an analysis keep its work until it is done, and how does a second run find it again?
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { newRecordId, recordIdSchema, type RecordId } from '../domain/ids.ts';

/** Everything that decides the result; another request in the same folder starts afresh. */
export interface Request {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly question: string | null;
  readonly language: string | null;
  readonly transcriber: unknown;
}

export interface WorkFolder {
  readonly path: string;
  readonly recordId: RecordId;
}

const noteSchema = z.object({ fingerprint: z.string(), recordId: recordIdSchema });

const fingerprintOf = (request: Request): string =>
  createHash('sha256').update(JSON.stringify(request)).digest('hex');

/**
 * The folder `.greenroom-work` in `out`. If a killed run of the same request left one, it is taken up again with its
 * record, so that finished stages are not repeated; anything else that lies there is removed.
 */
export async function openWorkFolder(out: string, request: Request): Promise<WorkFolder> {
  const path = join(out, '.greenroom-work');
  const notePath = join(path, 'request.json');
  const fingerprint = fingerprintOf(request);
  const left = noteSchema.safeParse(
    await readFile(notePath, 'utf8').then(
      (text): unknown => JSON.parse(text),
      () => null,
    ),
  );
  if (left.success && left.data.fingerprint === fingerprint) return { path, recordId: left.data.recordId };
  await rm(path, { recursive: true, force: true });
  await mkdir(path, { recursive: true, mode: 0o700 });
  const recordId = newRecordId();
  await writeFile(`${notePath}.part`, JSON.stringify({ fingerprint, recordId }));
  await rename(`${notePath}.part`, notePath);
  return { path, recordId };
}
