// How is a runtime started as a program of this machine, and how is it ended?
import { spawn } from 'node:child_process';
import type { Runtime } from './sandbox.ts';

export interface RuntimeCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the program. */
  readonly environment: { readonly [name: string]: string | undefined };
  /** Takes what the runtime writes, which Lambda would keep as its log. */
  readonly onLog: (text: string) => void;
  /** Ends what killing the program does not, such as a container that it only talks to. */
  readonly afterKill?: () => Promise<void>;
}

const wordsOf = (code: number | null, signal: NodeJS.Signals | null): string | null => {
  if (signal !== null) return `signal: ${signal === 'SIGKILL' ? 'killed' : signal}`;
  return code === 0 ? null : `exit status ${String(code)}`;
};

export function startRuntime({ command, args, environment, onLog, afterKill }: RuntimeCommand): Runtime {
  const child = spawn(command, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', onLog);
  const exited = new Promise<string | null>((resolve) => {
    child.once('error', (error) => {
      resolve(error.message);
    });
    child.once('close', (code, signal) => {
      resolve(wordsOf(code, signal));
    });
  });
  return {
    exited,
    kill: async () => {
      child.kill('SIGKILL');
      await afterKill?.();
      await exited;
    },
  };
}
