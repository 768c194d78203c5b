// How does a test get the app? As a user does: `./greenroom start`, in a process of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = new URL('../../../', import.meta.url).pathname;

export interface StartedApp {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The address that lets its user in. */
  readonly signInUrl: string;
  readonly token: string;
  readonly end: () => Promise<void>;
  /** As a power cut: no chance to tidy up. */
  readonly kill: () => Promise<void>;
}

/** Resolves when the app answers. @throws Error with everything that it wrote when it ends before that */
export async function startApp(folder: string, env: NodeJS.ProcessEnv = {}, port = 0): Promise<StartedApp> {
  const main = join(root, 'cli/main.ts');
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      main,
      'start',
      '--no-open',
      '--port',
      String(port),
      '--data',
      folder,
    ],
    { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = once(child, 'close');
  let said = '';
  const signInUrl = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const [found] = /http:\/\/\S+#token=[\w-]+/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('close', () => reject(new Error(`The app did not start: ${said}`)));
  });
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return {
    signInUrl,
    url: new URL(signInUrl).origin,
    token: new URL(signInUrl).hash.replace('#token=', ''),
    end: () => stop('SIGTERM'),
    kill: () => stop('SIGKILL'),
  };
}
