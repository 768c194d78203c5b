// How does a test get a finished report without a browser? It sends the sample as the app would.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answered } from '../../../domain/api/operation.ts';
import type { Operations } from '../../../domain/api/operations.ts';
import { consentPolicyVersion } from '../../../domain/consent.ts';
import type { StartedApp } from './started-app.ts';

const sample = new URL('../../../samples/interview.webm', import.meta.url);

type App = Pick<StartedApp, 'url' | 'token'>;

const ask = async <T>({ url, token }: App, method: string, path: string, body?: object): Promise<T> => {
  const answer = await fetch(`${url}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${String(answer.status)} ${await answer.text()}`);
  return (await answer.json()) as T;
};

/** Uploads the sample under a question; resolves with its id as soon as the upload is whole. */
export async function sendSample(app: App, question: string): Promise<string> {
  const bytes = await readFile(sample);
  const created = await ask<Answered<Operations['createRecord']>>(app, 'POST', '/records', {
    question,
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
