// What does the process of the analyses do? It runs executions, one folder long, and ends with the server.
//
// argv: a JSON text {folder, transcriber, isVerbose}. It is started by the server, with a channel for messages.
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { z } from 'zod';
import { readEnvironment } from '../environment.ts';
import { lockAnalyses } from '../data-folder.ts';
import { openHost, type Host } from '../host.ts';
import { placesIn } from '../services.ts';
import { takeUp } from '../take-up.ts';
import { startClock } from '../clock.ts';
import { transcriberConfigurationSchema } from '../transcriber-configuration.ts';
import { writeLog } from '../log.ts';
import { orderSchema, type News } from './messages.ts';
import { createPace } from './pace.ts';

const { folder, transcriber, isVerbose } = z
  .object({ folder: z.string(), transcriber: transcriberConfigurationSchema, isVerbose: z.boolean() })
  .parse(JSON.parse(process.argv[2] ?? ''));

/** Behind everything that a person waits for. */
const niceness = 10;

/** On Linux each thread has its own; those that begin later, and FFmpeg, take after the one that starts them. */
function beNice(): void {
  setPriority(niceness);
  if (process.platform !== 'linux') return;
  for (const thread of readdirSync('/proc/self/task')) setPriority(Number(thread), niceness);
}

const tell = (news: News): void => {
  if (process.connected) process.send?.(news, undefined, undefined, () => undefined);
};

/** How long the work under way may take to end; the kernel ends its children with us in any case. */
const endMs = 3000;

async function end(host: Host | null): Promise<never> {
  const late = setTimeout(() => process.exit(1), endMs);
  await host?.suspend();
  await host?.close();
  clearTimeout(late);
  process.exit(0);
}

function obey(message: unknown, host: Host): void {
  const order = orderSchema.parse(message);
  switch (order.kind) {
    case 'announce':
      // What fails here is a dead letter; an upload that is gone again needs nothing.
      host.announceUpload(order.key).catch(() => undefined);
      return;
    case 'stop':
      void host
        .stop(order.execution)
        .then((wasRunning) => tell({ kind: 'stopped', id: order.id, wasRunning }));
      return;
    case 'end':
      void end(host);
  }
}

beNice();
const state: { host: Host | null } = { host: null };
// A terminal sends Ctrl-C to both of us; the server says when to end. It may also die without a word.
process.on('SIGINT', () => undefined).on('SIGHUP', () => undefined);
process.once('SIGTERM', () => void end(state.host)).once('disconnect', () => void end(state.host));

if (!lockAnalyses(folder, { waitMs: 5000 })) {
  tell({ kind: 'occupied' });
  process.exitCode = 1;
  process.disconnect?.();
} else {
  // What a killed process was working on is of no use to anybody.
  await rm(placesIn(folder).scratch, { recursive: true, force: true });
  const pace = createPace();
  const host = await openHost({
    folder,
    transcriber,
    environment: readEnvironment(process.env),
    log: isVerbose ? writeLog : () => undefined,
    signal: new AbortController().signal,
    onProgress: (taskState, fraction, execution) => {
      if (pace(`${execution}/${taskState}`, fraction))
        tell({ kind: 'progress', execution, state: taskState, fraction });
    },
    onEnd: (execution) => tell({ kind: 'ended', execution }),
  });
  state.host = host;
  await takeUp(host);
  process.on('message', (message) => obey(message, host));
  startClock(host, folder);
  tell({ kind: 'ready' });
}
