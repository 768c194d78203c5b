// How fast does the local API answer while an analysis runs? (`node bench/api-load.ts` measures this alone.)
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { consentPolicyVersion } from '../domain/consent.ts';

const root = join(import.meta.dirname, '..');

/** From the moment a request was due until its answer was there, in ms. */
export interface Answering {
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

export interface ApiLoad {
  /** Before the analysis: what the machine can do at the moment. */
  readonly quiet: Answering;
  readonly busy: Answering;
  /** Whether the analysis ran until the last answer. */
  readonly wasBusy: boolean;
}

interface Target {
  readonly url: string;
  readonly token: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function ask({ url, token }: Target, method: string, path: string, body?: string): Promise<string> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, ...json };
    const asked = request(`${url}${path}`, { method, agent, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.once('end', () => {
        if ((answer.statusCode ?? 500) < 300) resolve(text);
        else reject(new Error(`${String(answer.statusCode)}: ${text}`));
      });
    });
    asked.once('error', reject).end(body);
  });
}

async function start(folder: string): Promise<{ child: ChildProcess; target: Target }> {
  const args = ['start', '--no-open', '--port', '0', '--data', join(folder, 'data')];
  const child = spawn(process.execPath, [join(root, 'cli/main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  const address = /Open\s+(\S+)\/#token=(\S+)/;
  while (!address.test(out)) {
    if (child.exitCode !== null) throw new Error('the server did not start');
    await delay(50);
  }
  const [, url = '', token = ''] = address.exec(out) ?? [];
  return { child, target: { url, token } };
}

/** Two hundred records; `analyse` begins an analysis, and tells whether it is still at its longest part. */
async function fill(target: Target, recording: string) {
  const bytes = await readFile(recording);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const draft = { contentType: 'video/webm', sizeBytes: bytes.length, sha256, consentPolicyVersion };
  const create = async () =>
    JSON.parse(await ask(target, 'POST', '/api/records', JSON.stringify(draft))) as {
      record: { recordId: string };
      upload: { url: string; fields: { [name: string]: string } };
    };
  for (let count = 0; count < 200; count += 1) await create();
  const analyse = async (): Promise<() => Promise<boolean>> => {
    const { record, upload } = await create();
    const form = new FormData();
    for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
    form.append('file', new Blob([bytes]), 'minute.webm');
    const sent = await fetch(`${target.url}${upload.url}`, { method: 'POST', body: form });
    if (sent.status !== 204) throw new Error(await sent.text());
    const isConverting = async (): Promise<boolean> =>
      (await ask(target, 'GET', `/api/records/${record.recordId}`)).includes('"CONVERTING"');
    while (!(await isConverting())) await delay(100);
    return isConverting;
  };
  return analyse;
}

/** Requests come when they are due, whether the earlier ones are answered or not. */
async function load(target: Target, perSecond: number, seconds: number): Promise<Answering> {
  const total = perSecond * seconds;
  const startedAt = performance.now();
  const waits: number[] = [];
  let failed = 0;
  const answers: Promise<void>[] = [];
  for (let index = 0; index < total; index += 1) {
    const dueAt = startedAt + (index * 1000) / perSecond;
    const early = dueAt - performance.now();
    if (early > 1) await delay(early);
    answers.push(
      ask(target, 'GET', '/api/records').then(
        () => void waits.push(performance.now() - dueAt),
        () => void (failed += 1),
      ),
    );
  }
  await Promise.all(answers);
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return {
    requestsPerSecond: (total * 1000) / (performance.now() - startedAt),
    p50: at(0.5),
    p99: at(0.99),
    failed,
  };
}

/** 200 requests a second for the first page of 200 records, while `recording` is analysed. */
export async function measureApiLoad(recording: string, folder: string): Promise<ApiLoad> {
  const { child, target } = await start(folder);
  try {
    const analyse = await fill(target, recording);
    // What is compiled late is not what is measured.
    await load(target, 200, 2);
    const quiet = await load(target, 200, 10);
    const isConverting = await analyse();
    const busy = await load(target, 200, 10);
    return { quiet, busy, wasBusy: await isConverting() };
  } finally {
    child.kill('SIGINT');
    if (child.exitCode === null) await once(child, 'exit');
    agent.destroy();
  }
}

if (import.meta.main) {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-load-'));
  try {
    const recording = join(folder, 'long.webm');
    const sample = join(root, 'samples/interview.webm');
    spawnSync('ffmpeg', ['-v', 'error', '-stream_loop', '3', '-i', sample, '-c', 'copy', recording]);
    process.stdout.write(`${JSON.stringify(await measureApiLoad(recording, folder), null, 2)}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
