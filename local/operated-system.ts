// How does an operator reach a data folder of this machine? With the same commands as a deployed stack.
import { existsSync } from 'node:fs';
import { interview } from '../systems/interview/system.ts';
import type { OperatedSystem, Queues } from '../services/operations.ts';
import type { TranscriberConfiguration } from '../services/local/transcribers/create-transcriber.ts';
import { lockAnalyses, readServerAddress } from './data-folder.ts';
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

/** Work of this folder belongs to the process that runs its executions; whoever else begins some is told so. */
async function refuse(folder: string): Promise<never> {
  const address = await readServerAddress(folder);
  throw new WrongUsage(
    `The data folder ${folder} is in use by ${address ? `Greenroom on ${address.url}` : 'another command'}; ` +
      'end that first. Looking is possible meanwhile, and uploads that were lost are taken up at every start.',
  );
}

/** The same system, of which nothing can be changed. */
function readOnly(system: OperatedSystem, folder: string): OperatedSystem {
  const refused = (): Promise<never> => refuse(folder);
  return {
    ...system,
    ledger: { ...system.ledger, reopen: refused },
    records: { read: system.records.read, claim: refused, finish: refused },
    queues: { ...system.queues, replay: refused, announce: refused },
  };
}

/**
 * Opens the folder that a host keeps its data in. What a command sets off runs in its own process, and `close` waits
 * for that. While a server runs on the folder everything can be looked at, and what would change something throws
 * WrongUsage. @throws WrongUsage when there is no such folder
 */
export async function openLocalSystem(options: LocalSystemOptions): Promise<OperatedSystem> {
  const { folder } = options;
  if (!existsSync(folder)) throw new WrongUsage(`There is no data folder ${folder}.`);
  const lock = lockAnalyses(folder);
  const host = await openHost({ ...options, log: () => undefined, signal: new AbortController().signal });
  const { journal, records } = host;
  const system: OperatedSystem = {
    title: `data folder ${folder}`,
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
      lock?.close();
    },
  };
  return lock ? system : readOnly(system, folder);
}
