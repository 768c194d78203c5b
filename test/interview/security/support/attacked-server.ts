// What does an attacker on this machine find? The whole local server as a user starts it, and its folder to look into.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { newRecordId, userIdSchema, type RecordId, type UserId } from '../../../../domain/ids.ts';
import { operations, type OperationId } from '../../../../domain/api/operations.ts';
import type { UploadForm } from '../../../../domain/api/shapes.ts';
import { newRecord } from '../../../../domain/record.ts';
import { readEnvironment } from '../../../../local/environment.ts';
import { openLocalServices } from '../../../../local/services.ts';
import { isClosed, startGreenroom, until, type Running } from '../../../local/server/running-server.ts';
import { makeFolder } from '../../support/command-line.ts';
import { expectLawful, type Circumstances, type Seen } from './answer-laws.ts';
import type { Request } from './attacked-api.ts';
import { stateOf, type FolderState } from './folder-state.ts';

export const localUser: UserId = userIdSchema.parse('local');
/** Somebody whose records lie in the same folder. */
export const stranger: UserId = userIdSchema.parse('9f8e7d6c-aaaa-4bbb-8ccc-ddddeeeeffff');

export interface Sent {
  readonly method?: string;
  /** As it goes over the wire, `/api` included. */
  readonly path: string;
  readonly headers?: { readonly [name: string]: string | readonly string[] };
  readonly body?: string | Uint8Array;
}

async function receive(answer: IncomingMessage): Promise<Seen & { readonly bytes: Buffer }> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  );
  return { status: answer.statusCode ?? 0, headers, text: bytes.toString('utf8'), bytes };
}

const never = () => Promise.reject(new Error('only the server does that'));

/** The path and the body of an operation's request. */
export function sentOf(id: OperationId, { parameters = {}, query = {}, body }: Request): Sent {
  const { method, path } = operations[id];
  const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(parameters[name] ?? ''),
  );
  const search = new URLSearchParams(query).toString();
  return {
    method,
    path: `/api${filled}${search === '' ? '' : `?${search}`}`,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  };
}

/** A recording that is none, analysed to its end; gives the id of its record. */
async function uploadFirst({
  form,
  upload,
  server,
}: {
  readonly form: (sizeBytes: number) => Promise<{ readonly recordId: RecordId; readonly form: UploadForm }>;
  readonly upload: (url: string, body: Uint8Array) => Promise<Seen>;
  readonly server: Running;
}): Promise<RecordId> {
  const bytes = Buffer.from('no recording');
  const { recordId, form: first } = await form(bytes.length);
  const { status, text } = await upload(first.url, formBody(first.fields, bytes));
  if (status !== 204) throw new Error(text);
  await until(server, recordId, isClosed);
  return recordId;
}

export type AttackedServer = Awaited<ReturnType<typeof openAttackedServer>>;

export async function openAttackedServer() {
  const folder = await makeFolder('attack');
  const data = join(folder.path, 'data');
  const server = await startGreenroom({ data });
  const local = await openLocalServices(data, readEnvironment({}), {
    executions: { start: never },
    transcriber: () => ({ start: never, read: never }),
    runs: { read: never, stop: never },
  });
  const secret = await readFile(join(data, 'secret'), 'utf8');
  const { port, token } = server;
  /** Exactly these headers, and `Host`; the answer is not looked at. */
  const sendRaw = async ({ method = 'GET', path, headers = {}, body }: Sent) => {
    const sized = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sending = request({ host: '127.0.0.1', port, method, path, agent: false });
    for (const [name, value] of Object.entries({ ...sized, ...headers })) sending.setHeader(name, value);
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
    // A server that has heard enough may close before the last byte of the body.
    sending.on('error', () => undefined).end(body);
    return receive((await answered)[0]);
  };
  const circumstances = { secrets: [folder.path, token, secret, stranger] };
  /** The same, and the answer is held to the laws of the API. */
  const send = async (sent: Sent, more: Partial<Circumstances> = {}): Promise<Seen> => {
    const seen = await sendRaw(sent);
    expectLawful(seen, { ...circumstances, ...more });
    return seen;
  };
  const signedIn = { authorization: `Bearer ${token}` };
  /** A record that waits for so many bytes, and its form. */
  const form = async (sizeBytes: number, contentType: 'video/webm' | 'video/mp4' = 'video/webm') => {
    const recordId = newRecordId();
    const record = newRecord({ recordId, userId: localUser, now: new Date(), sizeBytes, contentType });
    await local.services.records.create(record);
    const renewed = await send({ ...sentOf('renewUpload', { parameters: { recordId } }), headers: signedIn });
    return { recordId, form: operations.renewUpload.answer.body.parse(JSON.parse(renewed.text)) };
  };
  const upload = (url: string, body: Uint8Array) =>
    send({ method: 'POST', path: url, headers: { 'content-type': formType }, body });
  const close = async (): Promise<void> => {
    local.close();
    await server.stop();
    await folder.remove();
  };
  // The process of the analyses takes up what it finds when it begins: it must have begun.
  const analysed = await uploadFirst({ form, upload, server }).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    ...server,
    data,
    /** A record whose analysis has ended; it was no recording. */
    analysed,
    services: local.services,
    links: local.links,
    circumstances,
    sendRaw,
    send,
    signedIn,
    /** An operation as its user asks for it. */
    call: (id: OperationId, asked: Request = {}, headers: Sent['headers'] = {}): Promise<Seen> => {
      const sent = sentOf(id, asked);
      return send(
        { ...sent, headers: { ...sent.headers, ...signedIn, ...headers } },
        { operation: operations[id] },
      );
    },
    form,
    /** Sends a form's body to its address. */
    upload,
    state: (): Promise<FolderState> => stateOf(data),
    close,
  };
}

export const boundary = 'attack-boundary';
export const formType = `multipart/form-data; boundary=${boundary}`;

const part = (disposition: string, value: Uint8Array | string): Buffer =>
  Buffer.concat([
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\n\r\n`),
    Buffer.from(value),
    Buffer.from('\r\n'),
  ]);

export const field = (name: string, value: string): Buffer => part(`name="${name}"`, value);
export const filePart = (bytes: Uint8Array): Buffer => part('name="file"; filename="a.webm"', bytes);
export const formEnd = Buffer.from(`--${boundary}--\r\n`);

/** A form as a browser sends it: fields, then the file. */
export const formBody = (fields: UploadForm['fields'], bytes: Uint8Array): Buffer =>
  Buffer.concat([
    ...Object.entries(fields).map(([name, value]) => field(name, value)),
    filePart(bytes),
    formEnd,
  ]);
