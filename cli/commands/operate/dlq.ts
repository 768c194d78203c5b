// What does `./greenroom dlq` do? It shows the messages that were given up, and sends them again.
import { Command } from 'commander';
import type { DeadLetter, OperatedSystem } from '../../../services/operations.ts';
import { WrongUsage } from '../../../local/wrong-usage.ts';
import { withSystem, withSystemOptions, type SystemFlags } from '../../operated-system.ts';

async function lettersOf(system: OperatedSystem): Promise<readonly DeadLetter[]> {
  const depths = await system.queues.depths();
  const found = await Promise.all(depths.map(({ queue }) => system.queues.deadLetters(queue)));
  return found.flat();
}

const listCommand = (): Command =>
  withSystemOptions(new Command('list').description('show the messages that were given up'))
    .option('--json', 'print them as JSON, bodies included', false)
    .action(async (flags: SystemFlags & { readonly json: boolean }) => {
      const letters = await withSystem(flags, lettersOf);
      if (flags.json) {
        process.stdout.write(`${JSON.stringify(letters, null, 2)}\n`);
        return;
      }
      for (const { id, queue, sentAt, error } of letters)
        process.stdout.write(`${id}  ${queue}  ${sentAt}${error === null ? '' : `  ${error}`}\n`);
      if (letters.length === 0) process.stdout.write('There are no dead letters.\n');
    });

const replayCommand = (): Command =>
  withSystemOptions(new Command('replay').description('send them to their queue again'))
    .argument('[ids...]', 'ids that `dlq list` shows')
    .option('--all', 'every one of them', false)
    .action(async (ids: readonly string[], flags: SystemFlags & { readonly all: boolean }) => {
      if (ids.length === 0 && !flags.all) throw new WrongUsage('Name the ids to replay, or say --all.');
      await withSystem(flags, async (system) => {
        const letters = await lettersOf(system);
        for (const id of ids)
          if (!letters.some((letter) => letter.id === id))
            throw new WrongUsage(`There is no dead letter ${id}.`);
        const wanted = letters.filter(({ id }) => flags.all || ids.includes(id));
        let sent = 0;
        for (const queue of new Set(wanted.map((letter) => letter.queue))) {
          const chosen = wanted.filter((letter) => letter.queue === queue).map(({ id }) => id);
          const replayed = await system.queues.replay(queue, chosen);
          for (const id of replayed) process.stdout.write(`${id}  back in ${queue}\n`);
          sent += replayed.length;
        }
        process.stdout.write(`${String(sent)} of ${String(wanted.length)} dead letters were sent again.\n`);
      });
    });

export const dlqCommand = (): Command =>
  new Command('dlq')
    .description('messages that were given up after their last delivery')
    .addCommand(listCommand())
    .addCommand(replayCommand());
