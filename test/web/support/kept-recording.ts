// How does a test get a recording that was never sent into a browser? It writes what the recorder would have written.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { consentPolicyVersion } from '../../../domain/consent.ts';

interface Kept {
  readonly question: string;
  /** A WebM file. */
  readonly path: string;
}

/** Puts the file into the browser's database in four chunks, and remembers that its user agreed to the notice. */
export async function keepRecording(page: Page, { question, path }: Kept): Promise<void> {
  const content = (await readFile(path)).toString('base64');
  const facts = {
    localId: '01JD0000000000000000000000',
    userId: 'local',
    createdAt: new Date().toISOString(),
    question,
    language: 'en',
    sessionId: '01JD0000000000000000000001',
    consentPolicyVersion,
    contentType: 'video/webm',
    status: 'kept',
    durationSeconds: 38,
    chunkCount: 4,
    sha256: null,
    recordId: null,
    form: null,
  };
  await page.evaluate(
    async ({ recording, bytes, mark }) => {
      localStorage.setItem('greenroom.consent', mark);
      const file = Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0));
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open('greenroom', 1);
        opening.addEventListener('success', () => resolve(opening.result));
        opening.addEventListener('error', () => reject(new Error('The database does not open.')));
      });
      const writing = database.transaction(['recordings', 'chunks'], 'readwrite');
      const quarter = Math.ceil(file.length / recording.chunkCount);
      for (let at = 0; at < recording.chunkCount; at += 1)
        writing
          .objectStore('chunks')
          .put(new Blob([file.slice(at * quarter, (at + 1) * quarter)]), [recording.localId, at]);
      writing.objectStore('recordings').put({ ...recording, sizeBytes: file.length });
      await new Promise((resolve) => writing.addEventListener('complete', resolve));
      database.close();
    },
    { recording: facts, bytes: content, mark: `local ${consentPolicyVersion}` },
  );
}
