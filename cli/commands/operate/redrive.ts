// What does `./greenroom redrive` do? It gives records that failed through no fault of theirs another attempt.
import { Command } from 'commander';
import { mayBeRedriven, type Record } from '../../../domain/record.ts';
import type { OperatedSystem } from '../../../services/operations.ts';
import { WrongUsage } from '../../../local/wrong-usage.ts';
import { withSystem, withSystemOptions, type SystemFlags } from '../../operated-system.ts';
import { redrivableOf, uploadOf } from '../../../services/open-records.ts';

/** What happened to one record, in words. */
async function redrive(record: Record, system: OperatedSystem): Promise<string> {
  if (!mayBeRedriven(record)) return `not redriven: it is ${record.status} and would end the same way`;
  const upload = await uploadOf(record, system.objects);
  if (!upload) return 'not redriven: its upload has expired';
  if (record.executionName === null || !(await system.ledger.reopen(record.recordId, record.executionName)))
    return 'not redriven: somebody else was faster';
  await system.queues.announce(upload);
  return `attempt ${String(record.attempt + 1)} is on its way`;
}

async function choose(system: OperatedSystem, ids: readonly string[]): Promise<readonly Record[]> {
  const failed = await system.ledger.records(['FAILED']);
  if (ids.length === 0) return redrivableOf(failed, system);
  return ids.map((id) => {
    const record = failed.find(({ recordId }) => recordId === id);
    if (!record) throw new WrongUsage(`There is no failed record ${id}.`);
    return record;
  });
}

export const redriveCommand = (): Command =>
  withSystemOptions(
    new Command('redrive').description('analyse again what failed through no fault of the recording'),
  )
    .argument('[records...]', 'ids of failed records')
    .option('--all', 'every record that another attempt may help', false)
    .addHelpText(
      'after',
      '\nWithout ids and without --all it only lists what could be redriven. A new attempt is a new execution;\n' +
        'a recording that was refused (NOT_MEDIA, EMPTY …) would be refused again and is left alone.',
    )
    .action(async (ids: readonly string[], flags: SystemFlags & { readonly all: boolean }) => {
      await withSystem(flags, async (system) => {
        const chosen = await choose(system, ids);
        const isDone = ids.length > 0 || flags.all;
        for (const record of chosen) {
          const problems = record.problems.map(({ code }) => code).join(', ');
          const done = isDone ? ` → ${await redrive(record, system)}` : '';
          process.stdout.write(`${record.recordId}  ${problems}, failed ${record.updatedAt}${done}\n`);
        }
        if (chosen.length === 0) process.stdout.write('No record failed through no fault of its own.\n');
        else if (!isDone) process.stdout.write('Name the ids, or say --all, to redrive them.\n');
      });
    });
