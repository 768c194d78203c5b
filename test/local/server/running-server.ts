// How does a test run `./greenroom start` as a user does, and speak with it?
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { consentPolicyVersion } from '../../../domain/consent.ts';
import { operations } from '../../../domain/api/operations.ts';
import { recordViewSchema, type RecordView, type UploadForm } from '../../../domain/api/shapes.ts';
import { projectFolder, withoutVision } from '../../interview/support/command-line.ts';

export interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** What it said on standard error so far. */
  readonly said: () => string;
  /** Asks the API as its user. */
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Response>;
  /** Ends it as Ctrl-C does; gives the exit code. */
  readonly stop: () => Promise<number | null>;
  /** Ends it as nothing else can. */
  readonly kill: () => Promise<void>;
}

export interface StartOptions {
  readonly data: string;
  readonly args?: readonly string[];
  /** A command line that runs the one behind it, such as `unshare -m`; default none. */
  readonly within?: readonly string[];
  readonly env?: { readonly [name: string]: string };
}

function spawnStart({ data, args = [], within = [], env = {} }: StartOptions): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GREENROOM_'));
  const script = [join(projectFolder, 'cli/main.ts'), 'start', '--no-open', '--port', '0', '--data', data];
  const [command = '', ...line] = [
    ...within,
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    ...script,
  ];
  return spawn(command, [...line, ...args], {
    env: { ...Object.fromEntries(inherited), ...withoutVision, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Starts a server on the folder and resolves when it says where it is. */
export async function startGreenroom(options: StartOptions): Promise<Running> {
  const child = spawnStart(options);
  let out = '';
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const signIn = /Open\s+(http:\/\/127\.0\.0\.1:(\d+))\/#token=(\S+)/;
  for (let waited = 0; !signIn.test(out); waited += 1) {
    if (child.exitCode !== null || waited > 600) throw new Error(`it did not start: ${out}${said}`);
    await delay(50);
  }
  const [, url = '', port = '', token = ''] = signIn.exec(out) ?? [];
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'exit');
    }
    return child.exitCode;
  };
  return {
    child,
    url,
    token,
    port: Number(port),
    said: () => said,
    ask: (method, path, body) =>
      fetch(`${url}/api${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    stop: () => end('SIGINT'),
    kill: async () => void (await end('SIGKILL')),
  };
}

/** The exit code and the words of a start that is over at once. */
export async function failToStart(options: StartOptions): Promise<{ code: number | null; said: string }> {
  const child = spawnStart(options);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
  await once(child, 'close');
  return { code: child.exitCode, said };
}

/** A record for the bytes, and the form to send them with. */
export async function createRecord(
  { ask }: Pick<Running, 'ask'>,
  bytes: Uint8Array,
): Promise<{ recordId: string; form: UploadForm }> {
  const answer = await ask('POST', '/records', {
    language: 'en-US',
    contentType: 'video/webm',
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    consentPolicyVersion,
  });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`no record: ${text}`);
  const created = operations.createRecord.answer.body.parse(JSON.parse(text));
  return { recordId: created.record.recordId, form: created.upload };
}

/** The form as a browser sends it. */
export function formOf(fields: UploadForm['fields'], bytes: Uint8Array<ArrayBuffer>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([bytes], { type: 'video/webm' }), 'answer.webm');
  return form;
}

/** Sends a file through the form of a new record; gives its id. */
export async function upload(server: Running, path: string): Promise<string> {
  const bytes = new Uint8Array(await readFile(path));
  const { recordId, form } = await createRecord(server, bytes);
  const body = formOf(form.fields, bytes);
  const sent = await fetch(`${server.url}${form.url}`, { method: 'POST', body });
  if (sent.status !== 204) throw new Error(`not taken: ${await sent.text()}`);
  return recordId;
}

export async function readRecord({ ask }: Pick<Running, 'ask'>, recordId: string): Promise<RecordView> {
  return recordViewSchema.parse(await (await ask('GET', `/records/${recordId}`)).json());
}

/** Looks at the record until `isSo`, at most a minute. */
export async function until(
  server: Running,
  recordId: string,
  isSo: (record: RecordView) => boolean,
): Promise<RecordView> {
  for (let looks = 0; looks < 300; looks += 1) {
    const record = await readRecord(server, recordId);
    if (isSo(record)) return record;
    await delay(200);
  }
  throw new Error(`the record ${recordId} did not get there; ${server.said()}`);
}

export const isClosed = ({ status }: RecordView): boolean =>
  status !== 'UPLOADING' && status !== 'PROCESSING';

/** The code of a problem document. */
export const codeOf = async (answer: Response): Promise<string> =>
  z.object({ code: z.string() }).parse(await answer.json()).code;
