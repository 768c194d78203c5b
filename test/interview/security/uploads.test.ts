// What can be done with an upload form but to send the one file that it was signed for (A8)?
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { UploadForm } from '../../../domain/api/shapes.ts';
import { newRecordId, uploadKey, type RecordId } from '../../../domain/ids.ts';
import { createLinks } from '../../../services/local/links.ts';
import { isClosed, until } from '../../local/server/running-server.ts';
import { rawRequest } from '../../local/server/raw-request.ts';
import {
  boundary,
  field,
  filePart,
  formBody,
  formEnd,
  formType,
  localUser,
  openAttackedServer,
  type AttackedServer,
} from './support/attacked-server.ts';

const bytes = randomBytes(1000);
type Fields = UploadForm['fields'];
type Make = (fields: Fields) => Uint8Array;

const changed = (fields: Fields, name: string, value: string): Fields => ({ ...fields, [name]: value });
const policyOf = (fields: Fields): string => Buffer.from(fields['policy'] ?? '', 'base64').toString();
const withPolicy = (fields: Fields, change: (policy: string) => string): Fields =>
  changed(fields, 'policy', Buffer.from(change(policyOf(fields))).toString('base64'));
const signature = 'x-greenroom-signature';
const flipped = (text = ''): string => text.slice(0, -1) + (text.endsWith('0') ? '1' : '0');
const many = (count: number) =>
  Buffer.concat(Array.from({ length: count }, (_, index) => field(`field-${String(index)}`, 'x')));
const stranger = '9f8e7d6c-aaaa-4bbb-8ccc-ddddeeeeffff';

/** Forms that must leave nothing, with the status that says why. */
const spoilt: { readonly [what: string]: readonly [number, Make] } = {
  'one byte too many': [413, (f) => formBody(f, Buffer.concat([bytes, Buffer.from('x')]))],
  'a hundred kilobytes too many': [413, (f) => formBody(f, randomBytes(100_000))],
  'one byte too few': [400, (f) => formBody(f, bytes.subarray(1))],
  'no byte at all': [400, (f) => formBody(f, new Uint8Array())],
  'the key of another record': [
    403,
    (f) => formBody(changed(f, 'key', uploadKey(localUser, newRecordId(), 'webm')), bytes),
  ],
  'the key of another user': [403, (f) => formBody(changed(f, 'key', `uploads/${stranger}/x.webm`), bytes)],
  'a key that is a path': [403, (f) => formBody(changed(f, 'key', '../../session-token'), bytes)],
  'the key of a report': [403, (f) => formBody(changed(f, 'key', 'analyses/local/x/y/report.json'), bytes)],
  'another type': [403, (f) => formBody(changed(f, 'Content-Type', 'text/html'), bytes)],
  'another type of video': [403, (f) => formBody(changed(f, 'Content-Type', 'video/mp4'), bytes)],
  'a policy for more bytes': [
    403,
    (f) =>
      formBody(
        withPolicy(f, (policy) => policy.replaceAll('1000', '9999')),
        bytes,
      ),
  ],
  'a policy that ends later': [
    403,
    (f) =>
      formBody(
        withPolicy(f, (policy) => policy.replace('"expiration":"2', '"expiration":"3')),
        bytes,
      ),
  ],
  'a policy in other spelling': [
    403,
    (f) =>
      formBody(
        withPolicy(f, (policy) => `${policy} `),
        bytes,
      ),
  ],
  'no policy': [403, (f) => formBody(changed(f, 'policy', ''), bytes)],
  'another signature': [403, (f) => formBody(changed(f, signature, flipped(f[signature])), bytes)],
  'a signature in capitals': [
    403,
    (f) => formBody(changed(f, signature, (f[signature] ?? '').toUpperCase().replace(/^\d+$/, 'A')), bytes),
  ],
  'no signature': [403, (f) => formBody(changed(f, signature, ''), bytes)],
  'a redirect': [403, (f) => formBody({ ...f, success_action_redirect: 'https://evil.example' }, bytes)],
  'the name of a prototype': [403, (f) => Buffer.concat([field('__proto__', 'x'), formBody(f, bytes)])],
  'a field twice': [400, (f) => Buffer.concat([field('key', f['key'] ?? ''), formBody(f, bytes)])],
  'the file first': [
    403,
    (f) => Buffer.concat([filePart(bytes), ...Object.entries(f).map((one) => field(...one)), formEnd]),
  ],
  'no file': [400, (f) => Buffer.concat([...Object.entries(f).map((one) => field(...one)), formEnd])],
  'no form in it': [400, () => Buffer.from('nothing')],
  'a huge field': [400, (f) => formBody({ ...f, filler: 'x'.repeat(100_000) }, bytes)],
  'a huge name of a field': [403, (f) => formBody({ ...f, ['n'.repeat(9000)]: 'x' }, bytes)],
  'a thousand fields': [400, (f) => Buffer.concat([many(1000), formBody(f, bytes)])],
  'another boundary': [
    400,
    (f) => Buffer.from(formBody(f, bytes).toString('latin1').replaceAll(boundary, 'no')),
  ],
  'the end cut off': [400, (f) => formBody(f, bytes).subarray(0, -30)],
  gzip: [400, (f) => gzipSync(formBody(f, bytes))],
};

const webm = (recordId: RecordId): string => uploadKey(localUser, recordId, 'webm');

describe('an upload form of the local server', function () {
  this.timeout(30_000);
  let server: AttackedServer;
  before(async () => (server = await openAttackedServer()));
  after(() => server.close());

  const statusOf = (recordId: RecordId) => server.services.records.read(recordId).then((one) => one?.status);

  for (const [what, [status, make]] of Object.entries(spoilt))
    it(`with ${what} is refused, and nothing of it is left`, async () => {
      const { recordId, form } = await server.form(bytes.length);
      const before = await server.state();
      const seen = await server.upload(form.url, make(form.fields));
      expect(seen.status, seen.text).to.equal(status);
      const after = await server.state();
      expect(after.files).to.deep.equal(before.files);
      expect(after.rows['records.sqlite records']).to.deep.equal(before.rows['records.sqlite records']);
      expect(await statusOf(recordId)).to.equal('UPLOADING');
    });

  for (const type of [
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'text/plain',
    'multipart/mixed; boundary=x',
  ])
    it(`sent as ${type} is refused`, async () => {
      const { form } = await server.form(bytes.length);
      const headers = { 'content-type': type };
      const body = formBody(form.fields, bytes);
      expect((await server.send({ method: 'POST', path: form.url, headers, body })).status).to.be.oneOf([
        400, 415,
      ]);
    });

  it('is refused after its 300 s, though we signed it, and with the signature of another secret', async () => {
    const { recordId } = await server.form(bytes.length);
    const secret = Buffer.from(await readFile(join(server.data, 'secret'), 'utf8'), 'base64url');
    const upload = { key: webm(recordId), contentType: 'video/webm', sizeBytes: bytes.length } as const;
    const old = new Date(Date.now() - 301_000);
    const late = await createLinks({ secret, base: '/api', now: () => old }).upload(upload);
    expect((await server.upload(late.url, formBody(late.fields, bytes))).status).to.equal(403);
    const others = await createLinks({ secret: randomBytes(32), base: '/api' }).upload(upload);
    expect((await server.upload(others.url, formBody(others.fields, bytes))).status).to.equal(403);
    const young = new Date(Date.now() - 290_000);
    const still = await createLinks({ secret, base: '/api', now: () => young }).upload(upload);
    expect((await server.upload(still.url, formBody(still.fields, bytes))).status).to.equal(204);
  });

  it('is of no use for a record that is gone, and of no other site', async () => {
    const { recordId, form } = await server.form(bytes.length);
    const body = formBody(form.fields, bytes);
    const headers = { 'content-type': formType, origin: 'https://evil.example' };
    expect((await server.send({ method: 'POST', path: form.url, headers, body })).status).to.equal(403);
    await server.call('deleteRecord', { parameters: { recordId } });
    expect((await server.upload(form.url, body)).status).to.equal(409);
  });

  it('is taken once: whatever is sent again, what is analysed stays what it was', async () => {
    const { recordId, form } = await server.form(bytes.length);
    expect((await server.upload(form.url, formBody(form.fields, bytes))).status).to.equal(204);
    const first = await server.services.objects.head(webm(recordId));
    for (let count = 0; count < 5; count += 1)
      expect((await server.upload(form.url, formBody(form.fields, randomBytes(1000)))).status).to.equal(409);
    await until(server, recordId, isClosed);
    expect((await server.upload(form.url, formBody(form.fields, randomBytes(1000)))).status).to.equal(409);
    expect(await server.services.objects.head(webm(recordId))).to.deep.equal(first);
  });

  /** Sends all but the last bytes of a form; `end` sends them. */
  function begin(form: UploadForm, file: Uint8Array) {
    const body = formBody(form.fields, file);
    const headers = { 'content-type': formType, 'content-length': String(body.length) };
    const sending = request({
      host: '127.0.0.1',
      port: server.port,
      method: 'POST',
      path: form.url,
      headers,
    });
    const { promise: status, resolve } = Promise.withResolvers<number>();
    sending
      .on('response', (answer) => resolve(answer.resume().statusCode ?? 0))
      .on('error', () => resolve(0));
    sending.write(body.subarray(0, -100));
    return { status, end: () => void sending.end(body.subarray(-100)) };
  }

  it('sent by two at once keeps one whole file of one of them, and it stays', async () => {
    const { recordId, form } = await server.form(bytes.length);
    const files = [bytes, randomBytes(1000)];
    const sendings = files.map((file) => begin(form, file));
    await delay(50);
    for (const { end } of sendings) end();
    const statuses = await Promise.all(sendings.map(({ status }) => status));
    expect(statuses.filter((status) => status === 204)).to.have.length(1);
    const { etag } = await server.services.objects.head(webm(recordId));
    const taken = files[statuses.indexOf(204)] ?? bytes;
    expect(etag).to.equal(createHash('sha256').update(taken).digest('hex'));
  });

  it('that was begun before the analysis and ends in it loses nothing and changes nothing', async () => {
    const { recordId, form } = await server.form(bytes.length);
    const late = begin(form, randomBytes(1000));
    await delay(50);
    expect((await server.upload(form.url, formBody(form.fields, bytes))).status).to.equal(204);
    const first = await server.services.objects.head(webm(recordId));
    late.end();
    expect(await late.status).to.be.oneOf([0, 409]);
    expect(await server.services.objects.head(webm(recordId))).to.deep.equal(first);
  });

  it('may come in pieces without a length, whose number of bytes is counted', async () => {
    for (const [file, status] of [
      [bytes, 204],
      [randomBytes(5000), 413],
    ] as const) {
      const { form } = await server.form(bytes.length);
      const body = formBody(form.fields, file);
      const pieces = Array.from({ length: Math.ceil(body.length / 700) }, (_, at) =>
        body.subarray(at * 700, at * 700 + 700),
      );
      const chunks = pieces.flatMap((one) => [
        Buffer.from(`${one.length.toString(16)}\r\n`),
        one,
        Buffer.from('\r\n'),
      ]);
      const head = `POST ${form.url} HTTP/1.1\r\nhost: 127.0.0.1:${String(server.port)}\r\nconnection: close\r\ncontent-type: ${formType}\r\ntransfer-encoding: chunked\r\n\r\n`;
      const all = Buffer.concat([Buffer.from(head), ...chunks, Buffer.from('0\r\n\r\n')]);
      expect((await rawRequest(server.port, all)).status).to.equal(status);
    }
  });
});
