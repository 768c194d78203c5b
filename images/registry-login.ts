// Who are we for a registry? Reads what `docker login` or `podman login` wrote down.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { BuilderName } from './builder-arguments.ts';
import { ImagesFailed } from './run-program.ts';

const loginsSchema = z.object({
  auths: z.record(z.string(), z.object({ auth: z.string().optional() })).default({}),
  credsStore: z.string().optional(),
  credHelpers: z.record(z.string(), z.string()).default({}),
});
const secretSchema = z.object({ Username: z.string(), Secret: z.string() });

type Environment = { readonly [name: string]: string | undefined };

/** Where each builder keeps its logins; the first file that knows the registry counts. */
function loginFiles(builder: BuilderName, environment: Environment): readonly string[] {
  const home = environment['HOME'] ?? homedir();
  const docker = join(environment['DOCKER_CONFIG'] ?? join(home, '.docker'), 'config.json');
  if (builder === 'docker') return [docker];
  const { REGISTRY_AUTH_FILE: named, XDG_RUNTIME_DIR: runtime } = environment;
  return [
    ...(named === undefined ? [] : [named]),
    ...(runtime === undefined ? [] : [join(runtime, 'containers', 'auth.json')]),
    join(home, '.config', 'containers', 'auth.json'),
    docker,
  ];
}

/** Asks `docker-credential-HELPER`, which keeps the secret in the keychain of the system or gets a new one. */
async function askHelper(helper: string, registry: string, environment: Environment): Promise<string | null> {
  const child = spawn(`docker-credential-${helper}`, ['get'], {
    env: { ...environment },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // A helper that is not there, or ends early, reads nothing; the answer tells.
  child.stdin.on('error', () => undefined);
  child.stdin.end(registry);
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
    child.once('error', () => {
      resolve(null);
    });
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  if ((await ended) !== 0) return null;
  const { Username: user, Secret: secret } = secretSchema.parse(JSON.parse(said));
  return Buffer.from(`${user}:${secret}`).toString('base64');
}

const bare = (address: string): string => address.replace(/^https?:\/\//, '').replace(/\/(?:v[12]\/?)?$/, '');

/**
 * The header `Authorization` for a registry (`host` or `host:port`), or `null` when nobody logged in there.
 * @throws ImagesFailed for a file of logins that is broken
 */
export async function loginFor(
  registry: string,
  builder: BuilderName,
  environment: Environment = process.env,
): Promise<string | null> {
  for (const file of loginFiles(builder, environment)) {
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) continue;
    const logins = loginsSchema.safeParse(parsed(text));
    if (!logins.success) throw new ImagesFailed(`${file} is no file of logins: ${logins.error.message}`);
    const { auths, credsStore, credHelpers } = logins.data;
    const [, own] = Object.entries(auths).find(([address]) => bare(address) === registry) ?? [];
    const helper = credHelpers[registry] ?? credsStore;
    const secret =
      own?.auth ?? (helper === undefined ? null : await askHelper(helper, registry, environment));
    if (secret) return `Basic ${secret}`;
  }
  return null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
