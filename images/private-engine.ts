// How does a machine without a running Docker get one, for as long as we need it?
import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImagesFailed, run } from './run-program.ts';

/** Kept between runs, so that what was compiled once stays compiled; a socket's path may be 107 characters long. */
export const engineFolder = '/var/lib/greenroom-images';
export const engineSocket = `unix://${engineFolder}/docker.sock`;

const startSeconds = 30;

export interface Engine {
  readonly host: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts `dockerd` with its own data and socket, and waits until it answers; needs root. `stop` ends it.
 * @throws ImagesFailed with the end of its log
 */
export async function startEngine(client: string): Promise<Engine> {
  await mkdir(engineFolder, { recursive: true, mode: 0o700 });
  const at = (name: string): string => join(engineFolder, name);
  const log = await open(at('log'), 'w');
  const child = spawn(
    'dockerd',
    [
      ['--data-root', at('data'), '--exec-root', at('exec'), '--pidfile', at('pid')],
      ['--host', engineSocket],
    ].flat(),
    // A group of its own: an interrupt from the keyboard must not end it before us.
    { stdio: ['ignore', log.fd, log.fd], detached: true },
  );
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
    child.once('error', () => {
      resolve();
    });
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    await log.close();
  };
  for (let waited = 0; waited < startSeconds * 5 && child.exitCode === null; waited += 1) {
    const probe = await run({ command: client, args: ['--host', engineSocket, 'version'] });
    if (probe.exitCode === 0) return { host: engineSocket, stop };
    await sleep(200);
  }
  await stop();
  const words = (await readFile(at('log'), 'utf8')).trimEnd().split('\n').slice(-10).join('\n');
  throw new ImagesFailed(`A private Docker engine could not be started:\n${words}`);
}
