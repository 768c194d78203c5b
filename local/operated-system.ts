// How does an operator reach a data folder of this machine? With the same commands as a deployed stack.
import { existsSync } from 'node:fs';
import { interview } from '../systems/interview/system.ts';
import type { OperatedSystem, Queues } from '../services/operations.ts';
import type { TranscriberConfiguration } from '../services/local/transcribers/create-transcriber.ts';
import type { Environment } from './environment.ts';
import { openHost, type Host } from './host.ts';
import { WrongUsage } from './wrong-usage.ts';

export interface LocalSystemOptions {
  readonly folder: string;
  readonly environment: Environment;
  readonly transcriber: TranscriberConfiguration;
}

/** A message is delivered at once on this machine: none waits, and the dead letters are all there is. */
const queuesOf = ({ bus, deadLetters, announceUpload }: Host): Queues => ({
  depths: () =>
    Promise.resolve(
      interview.subscriptions.map(({ name }) => ({
        queue: name,
        waiting: 0,
        inFlight: 0,
        deadLetters: deadLetters.of(name).length,
      })),
    ),
  deadLetters: (queue) => Promise.resolve(deadLetters.of(queue)),
  replay: async (queue, ids) => {
    const letters = deadLetters.of(queue).filter(({ id }) => ids.includes(id));
    for (const letter of letters) await bus.replay(letter);
    const left = new Set(deadLetters.of(queue).map(({ id }) => id));
    return letters.map(({ id }) => id).filter((id) => !left.has(id));
  },
  announce: ({ key }) => announceUpload(key),
});

/**
 * Opens the folder that a host keeps its data in. What a command sets off runs in its own process, and `close` waits
 * for that. @throws WrongUsage when there is no such folder
 */
export async function openLocalSystem(options: LocalSystemOptions): Promise<OperatedSystem> {
  if (!existsSync(options.folder)) throw new WrongUsage(`There is no data folder ${options.folder}.`);
  const stop = new AbortController();
  const host = await openHost({ ...options, log: () => undefined, signal: stop.signal });
  const { journal, records } = host;
  return {
    title: `data folder ${options.folder}`,
    ledger: {
      records: records.records,
      reopen: records.reopen,
      executions: (limit) => Promise.resolve(journal.executions(limit)),
      execution: (name) => Promise.resolve(journal.execution(name)),
    },
    queues: queuesOf(host),
    records,
    objects: host.services.objects,
    alarms: () => Promise.resolve(null),
    close: async () => {
      await host.settle();
      await host.close();
    },
  };
}
