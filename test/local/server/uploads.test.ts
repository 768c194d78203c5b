// Does a form take exactly the file that it was signed for, and leave nothing of any other?
import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import type { UploadForm } from '../../../domain/api/shapes.ts';
import { createObjectStore } from '../../../services/local/objects.ts';
import { makeFolder } from '../../interview/support/command-line.ts';
import { startInside, type Inside } from './inside-server.ts';
import { codeOf, createRecord, formOf, readRecord } from './running-server.ts';

const bytes = new Uint8Array(randomBytes(200_000));
const boundary = 'the-boundary';

describe('uploads to the local server', function () {
  this.timeout(20_000);
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  let server: Inside;
  before(async () => {
    folder = await makeFolder('uploads');
    server = await startInside(folder.path);
  });
  after(async () => {
    await server.close();
    await folder.remove();
  });

  const send = (form: FormData): Promise<Response> =>
    fetch(`${server.url}/api/uploads`, { method: 'POST', body: form });
  /** Files of recordings, whole or not. */
  async function stored(): Promise<readonly string[]> {
    const found = await readdir(join(server.data, 'objects'), { recursive: true, withFileTypes: true });
    return found.filter((one) => one.isFile() && !one.name.startsWith('keys.sqlite')).map(({ name }) => name);
  }
  /** Nothing of it is stored, and the record still waits. */
  async function leavesNothing(recordId: string): Promise<void> {
    for (let looks = 0; looks < 20 && (await stored()).length > 0; looks += 1) await delay(100);
    expect(await stored()).to.deep.equal([]);
    expect((await readRecord(server, recordId)).status).to.equal('UPLOADING');
  }

  type Spoil = (fields: UploadForm['fields']) => readonly [UploadForm['fields'], Uint8Array<ArrayBuffer>];
  const spoilt: readonly (readonly [string, Spoil, number, string])[] = [
    ['a file that is too large', (f) => [f, new Uint8Array([...bytes, 0])], 413, 'TOO_LARGE'],
    ['a file that is too small', (f) => [f, bytes.subarray(1)], 400, 'INVALID_REQUEST'],
    ['a file of nothing', (f) => [f, new Uint8Array()], 400, 'INVALID_REQUEST'],
    ['another key', (f) => [{ ...f, key: `${String(f['key'])}x` }, bytes], 403, 'FORBIDDEN'],
    ['another type', (f) => [{ ...f, 'Content-Type': 'text/html' }, bytes], 403, 'FORBIDDEN'],
    ['a changed policy', (f) => [{ ...f, policy: `${String(f['policy'])}=` }, bytes], 403, 'FORBIDDEN'],
    ['one field more', (f) => [{ ...f, acl: 'public-read' }, bytes], 403, 'FORBIDDEN'],
    ['no field at all', () => [{}, bytes], 403, 'FORBIDDEN'],
  ];
  for (const [what, spoil, status, code] of spoilt)
    it(`refuses ${what}`, async () => {
      const { recordId, form } = await createRecord(server, bytes);
      const answer = await send(formOf(...spoil(form.fields)));
      expect([answer.status, await codeOf(answer)]).to.deep.equal([status, code]);
      await leavesNothing(recordId);
    });

  it('refuses what is no form, and a form without a file', async () => {
    const post = (body: string, type: string) =>
      fetch(`${server.url}/api/uploads`, { method: 'POST', body, headers: { 'content-type': type } });
    expect((await post('{}', 'application/json')).status).to.equal(415);
    expect((await post('', 'multipart/form-data')).status).to.equal(400);
    expect((await post('no form', `multipart/form-data; boundary=${boundary}`)).status).to.equal(400);
    const { form } = await createRecord(server, bytes);
    const only = new FormData();
    for (const [name, value] of Object.entries(form.fields)) only.append(name, value);
    expect((await send(only)).status).to.equal(400);
  });

  it('does not wait for fields that come after the file, as S3 does not', async () => {
    const { recordId, form } = await createRecord(server, bytes);
    const late = new FormData();
    late.append('file', new Blob([bytes]), 'a.webm');
    for (const [name, value] of Object.entries(form.fields)) late.append(name, value);
    expect((await send(late)).status).to.equal(403);
    await leavesNothing(recordId);
  });

  /** Sends a part of the file and then nothing more. */
  function begin(fields: UploadForm['fields'], size: number) {
    const parts = Object.entries(fields).map(
      ([name, value]) =>
        `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const file = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n`;
    const sending = request(`${server.url}/api/uploads`, {
      method: 'POST',
      headers: {
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': String(bytes.length + 2000),
      },
    });
    sending.on('error', () => undefined).write(parts.join('') + file);
    sending.write(bytes.subarray(0, size));
    return sending;
  }

  it('leaves nothing of an upload that its sender breaks off', async () => {
    const { recordId, form } = await createRecord(server, bytes);
    const sending = begin(form.fields, 100_000);
    for (let looks = 0; looks < 50 && (await stored()).length === 0; looks += 1) await delay(20);
    expect(await stored()).to.have.length(1);
    sending.destroy();
    await leavesNothing(recordId);
  });

  it('leaves nothing of an upload that stops coming', async () => {
    const { recordId, form } = await createRecord(server, bytes);
    const startedAt = performance.now();
    begin(form.fields, 100_000);
    await delay(300);
    await leavesNothing(recordId);
    expect(performance.now() - startedAt).to.be.lessThan(4000);
  });

  it('brings nothing back of a record that was deleted while its recording came in', async () => {
    const { recordId, form } = await createRecord(server, bytes);
    const sending = begin(form.fields, 100_000);
    for (let looks = 0; looks < 50 && (await stored()).length === 0; looks += 1) await delay(20);
    expect((await server.ask('DELETE', `/records/${recordId}`)).status).to.equal(200);
    const answered = once(sending, 'response');
    sending.end(Buffer.concat([bytes.subarray(100_000), Buffer.from(`\r\n--${boundary}--\r\n`)]));
    const [answer] = (await answered) as [IncomingMessage];
    expect(answer.statusCode).to.equal(409);
    for (let looks = 0; looks < 20 && (await stored()).length > 0; looks += 1) await delay(100);
    expect(await stored()).to.deep.equal([]);
    expect((await server.ask('GET', `/records/${recordId}`)).status).to.equal(404);
  });

  it('lets a sender try again whose first try got stuck', async () => {
    const { recordId, form } = await createRecord(server, bytes);
    const stuck = once(begin(form.fields, 100_000), 'response');
    for (let looks = 0; looks < 50 && (await stored()).length === 0; looks += 1) await delay(20);
    expect((await send(formOf(form.fields, bytes))).status).to.equal(204);
    const [answer] = (await stuck) as [IncomingMessage];
    expect(answer.statusCode).to.equal(409);
    expect(await stored()).to.include('current.json');
    expect((await server.ask('DELETE', `/records/${recordId}`)).status).to.equal(200);
  });

  it('takes the file once: a second time its record waits for nothing', async () => {
    const { recordId, form } = await createRecord(server, bytes);
    expect((await send(formOf(form.fields, bytes))).status).to.equal(204);
    for (let looks = 0; looks < 100; looks += 1) {
      if ((await readRecord(server, recordId)).status !== 'UPLOADING') break;
      await delay(50);
    }
    const again = await send(formOf(form.fields, bytes));
    expect([again.status, await codeOf(again)]).to.deep.equal([409, 'CONFLICT']);
  });

  it('announces a recording once more that is whole and that nobody took up', async () => {
    const { recordId, form } = await createRecord(server, bytes);
    const store = createObjectStore(join(server.data, 'objects'));
    const source = () => Readable.from([bytes]);
    const whole = { source, sizeBytes: bytes.length, signal: new AbortController().signal };
    await store.receive(form.fields['key'] ?? '', { ...whole, contentType: 'video/webm' });
    expect((await send(formOf(form.fields, bytes))).status).to.equal(409);
    const status = async () => (await readRecord(server, recordId)).status;
    for (let looks = 0; looks < 100 && (await status()) === 'UPLOADING'; looks += 1) await delay(50);
    expect(await status()).not.to.equal('UPLOADING');
  });
});
