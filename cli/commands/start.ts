// What does `./greenroom start` do? It serves the app and its API on this machine until it is told to end.
import { spawn } from 'node:child_process';
import { join, relative, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { FolderInUse } from '../../local/data-folder.ts';
import { readEnvironment, requirePrograms } from '../../local/environment.ts';
import { writeLog } from '../../local/log.ts';
import type { RunningServer } from '../../local/server/start-server.ts';
import { WrongUsage } from '../../local/wrong-usage.ts';
import { projectFolder } from '../project-folder.ts';
import { exitCodes } from '../run-analysis.ts';
import { readSample } from '../sample.ts';
import { chooseTranscriber } from '../transcriber-choice.ts';

interface Flags {
  readonly port: number;
  readonly data?: string;
  readonly open: boolean;
  readonly verbose: boolean;
  readonly withSample: boolean;
}

const defaultPort = 4310;

function portNumber(value: string): number {
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535; 0 takes any that is free.');
  return port;
}

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

/** Shows the page; a machine without a browser or a screen still has the printed address. */
function openBrowser(url: string): void {
  const hasScreen = process.platform === 'darwin' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  if (!hasScreen) return;
  const command = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(command, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined).unref();
}

const systemCode = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : null;

/** What the user can do about a port that cannot be had. */
function portRefused(error: unknown, port: number): unknown {
  const code = systemCode(error);
  if (code === 'EADDRINUSE')
    return new WrongUsage(
      `Port ${String(port)} is taken by another program. Try --port ${String(port + 1)}, or --port 0 for any that is free.`,
      { cause: error },
    );
  if (code === 'EACCES')
    return new WrongUsage(`Port ${String(port)} may not be used; choose one above 1023 with --port.`, {
      cause: error,
    });
  return error;
}

/** Resolves at Ctrl-C, at SIGTERM, and when the terminal is closed. */
const toldToEnd = (): Promise<void> =>
  new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done());
  });

/** Puts the sample among the attempts; gives the address of its report. */
async function submitSample({ submit, signInUrl }: RunningServer): Promise<string> {
  const recordId = await submit({ ...(await readSample()), contentType: 'video/webm' });
  const page = new URL(signInUrl);
  page.pathname = `/records/${recordId}`;
  return page.href;
}

function greet(url: string, page: string, folder: string): void {
  process.stdout.write(
    [
      `Greenroom is running on ${url}`,
      `Open   ${page}`,
      `Data   ${relative('.', folder) || '.'}`,
      'Ctrl-C ends it; an unfinished analysis goes on at the next start.',
      '',
    ].join('\n'),
  );
}

async function start(flags: Flags): Promise<void> {
  const environment = readEnvironment(process.env);
  requirePrograms(environment);
  const folder = resolve(flags.data ?? join(projectFolder, '.greenroom', 'data'));
  // Loaded only here: no other command has a use for a server.
  const { startServer } = await import('../../local/server/start-server.ts');
  const server = await startServer({
    folder,
    environment,
    say,
    port: flags.port,
    webFolder: join(projectFolder, 'dist', 'web'),
    transcriber: chooseTranscriber(undefined, null, environment),
    isVerbose: flags.verbose,
    log: flags.verbose ? writeLog : () => undefined,
  });
  // Not before: until then nothing needs to be closed, and a start that gets stuck must be easy to end.
  const ending = toldToEnd();
  const page = flags.withSample ? await submitSample(server) : server.signInUrl;
  greet(server.url, page, folder);
  if (flags.open) openBrowser(page);
  await ending;
  await server.close();
  say('Greenroom has ended.');
}

export const startCommand = (): Command =>
  new Command('start')
    .description('serve the app on this machine: record, watch the analysis, read the report')
    .option(
      '--port <n>',
      `where it listens, on 127.0.0.1 only; 0 takes any port that is free`,
      portNumber,
      defaultPort,
    )
    .option('--data <folder>', 'where everything is kept (default: .greenroom/data)')
    .option('--no-open', 'do not open the browser')
    .option('--with-sample', 'put the bundled sample recording among the attempts', false)
    .option('--verbose', 'log requests that failed and what the stages do to standard error', false)
    .addHelpText(
      'after',
      `\nEnds with 0 when it is told to end, ${String(exitCodes.inUse)} when Greenroom already runs on this data, 2 when the port is taken.`,
    )
    .action(async (flags: Flags) => {
      try {
        await start(flags);
      } catch (error) {
        if (!(error instanceof FolderInUse)) throw portRefused(error, flags.port);
        say(error.signInUrl ? `${error.message}\nOpen   ${error.signInUrl}` : error.message);
        process.exitCode = exitCodes.inUse;
      }
    });
