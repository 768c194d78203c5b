// How does a test get a finished report without a browser? It sends the sample as the app would.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answered } from '../../../domain/api/operation.ts';
import type { Operations } from '../../../domain/api/operations.ts';
import { consentPolicyVersion } from '../../../domain/consent.ts';
import type { StartedApp } from './started-app.ts';

/** The whole sample, 38 seconds. */
export const samplePath = new URL('../../../samples/interview.webm', import.meta.url).pathname;

type App = Pick<StartedApp, 'url' | 'token'>;

/** Asks the API as the app would. @throws Error for any answer but a good one */
export const ask = async <T>(
  { url, token }: App,
  method: string,
  path: string,
  body?: object,
): Promise<T> => {
  const answer = await fetch(`${url}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${String(answer.status)} ${await answer.text()}`);
  return (await answer.json()) as T;
};

/** Writes the sample's first seconds into `folder`; they are analysed in a fraction of its time. */
export function cutSample(folder: string, seconds: number): string {
  const path = join(folder, `first-${String(seconds)}-seconds.webm`);
  execFileSync(
    'ffmpeg',
    ['-nostdin', '-v', 'error', '-y', '-i', samplePath, '-t', String(seconds)].concat('-c', 'copy', path),
  );
  return path;
}

interface Sent {
  /** Default the sample. */
  readonly path?: string;
  /** Default none, as from the recorder. */
  readonly fileName?: string | null;
}

/** Uploads a recording under a question; resolves with its id as soon as the upload is whole. */
export async function sendSample(
  app: App,
  question: string,
  { path = samplePath, fileName = null }: Sent = {},
): Promise<string> {
  const bytes = await readFile(path);
  const created = await ask<Answered<Operations['createRecord']>>(app, 'POST', '/records', {
    question,
    fileName,
    language: 'en',
    contentType: 'video/webm',
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    consentPolicyVersion,
  });
  const form = new FormData();
  for (const [name, value] of Object.entries(created.upload.fields)) form.append(name, value);
  form.append('file', new Blob([bytes], { type: 'video/webm' }));
  const sent = await fetch(new URL(created.upload.url, app.url), { method: 'POST', body: form });
  if (!sent.ok) throw new Error(`The upload was refused: ${await sent.text()}`);
  return created.record.recordId;
}

/** Waits until the analysis has ended. @throws Error when it ends without a report */
export async function analysed(app: App, recordId: string): Promise<void> {
  for (;;) {
    const record = await ask<Answered<Operations['readRecord']>>(app, 'GET', `/records/${recordId}`);
    if (record.hasReport) return;
    if (record.status === 'FAILED') throw new Error(JSON.stringify(record.problems));
    await delay(500);
  }
}
