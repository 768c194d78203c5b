// Which server stands in for AWS, and how is it made sure that AWS itself is never called?
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const python = join(root, '.greenroom', 'moto', 'bin', 'python');

/** The region and the account of everything the tests make. */
export const region = 'us-east-1';
export const accountId = '123456789012';

const startSeconds = 30;

/** Only a server on this machine may be spoken to; an address that leads elsewhere ends the run. */
export function requireLoopback(endpoint: string): string {
  const { hostname, protocol } = new URL(endpoint);
  const isLoopback =
    hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
  if (protocol === 'http:' && isLoopback) return endpoint;
  throw new Error(`AWS_ENDPOINT_URL is ${endpoint}; the tests speak to http://127.0.0.1 only, never to AWS.`);
}

/** Nothing of this machine's own AWS configuration reaches a client of the tests. */
function setDummyCredentials(endpoint: string): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  });
}

let server: ChildProcess | null = null;

/** The address at which moto says that it runs. */
async function startMoto(): Promise<string> {
  if (!existsSync(python))
    throw new Error('moto is not installed; run ./greenroom test --suite aws, which installs it.');
  const child = spawn(python, [join(import.meta.dirname, 'serve.py')], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, MOTO_ACCOUNT_ID: accountId },
  });
  server = child;
  return new Promise((resolve, reject) => {
    let log = '';
    const fail = (reason: string): void => reject(new Error(`moto does not start: ${reason}\n${log}`));
    const timer = setTimeout(fail, startSeconds * 1000, `no answer within ${startSeconds} s`);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`it ended with ${String(code)}`));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      // Each request is a line; only the first ones tell the address.
      if (log.length < 10_000) log += text;
      const address = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(log)?.[1];
      if (!address) return;
      clearTimeout(timer);
      resolve(address);
    });
  });
}

// Root hooks: whichever file of the suite is loaded first, the server runs before its first test.
before(async function startServer() {
  this.timeout((startSeconds + 10) * 1000);
  const given = process.env['AWS_ENDPOINT_URL'];
  setDummyCredentials(given ? requireLoopback(given) : requireLoopback(await startMoto()));
});

after(async () => {
  const child = server;
  if (!child || child.exitCode !== null) return;
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  child.stdin?.end();
  await ended;
});

/** The server that stands in for AWS; there is one from the first `before` on. */
export const endpoint = (): string => process.env['AWS_ENDPOINT_URL'] ?? '';
