// Which recordings came with a transcript, so that nobody has to listen to them?
import { existsSync } from 'node:fs';
import { copyFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseUploadKey, recordIdSchema, type RecordId } from '../domain/ids.ts';
import { makePrivateFolder } from '../services/files.ts';
import type { TranscriptFileConfiguration } from '../services/local/transcribers/transcript-file.ts';

/** Keeps a copy of the transcript for the recording of that record. */
export async function giveTranscript(folder: string, recordId: RecordId, file: string): Promise<void> {
  await makePrivateFolder(folder);
  await copyFile(file, join(folder, recordId));
}

/** The transcript that was given for an upload; `null` when there is none. */
export function givenTranscript(folder: string, uploadKey: string): TranscriptFileConfiguration | null {
  const named = parseUploadKey(uploadKey);
  const path = named && join(folder, named.recordId);
  return path !== null && existsSync(path) ? { path, language: null } : null;
}

/** Removes the transcripts whose records are gone. */
export async function forgetTranscripts(
  folder: string,
  isThere: (recordId: RecordId) => Promise<boolean>,
): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const recordId = recordIdSchema.safeParse(name).data;
    if (recordId && !(await isThere(recordId))) await rm(join(folder, name), { force: true });
  }
}
