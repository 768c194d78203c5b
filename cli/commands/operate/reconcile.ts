// What does `./greenroom reconcile` do? It brings open records that nobody works on to an end.
import { Command } from 'commander';
import type { OperatedSystem } from '../../../services/operations.ts';
import { withSystem, withSystemOptions, type SystemFlags } from '../../operated-system.ts';
import { lookAt, type LookedAt } from '../../../services/open-records.ts';

/** Closes a record in the place of the execution that should have done it. */
async function close({ record, remedy }: LookedAt, { records }: OperatedSystem): Promise<boolean> {
  if (remedy.action !== 'CLOSE') return false;
  const executionName = record.executionName ?? `reconcile-${record.recordId}`;
  if (!(await records.claim(record.recordId, executionName))) return false;
  return records.finish(record.recordId, executionName, {
    status: 'FAILED',
    problems: [remedy.problem],
    reportKey: null,
  });
}

async function apply(looked: LookedAt, system: OperatedSystem): Promise<string> {
  if (looked.remedy.action === 'ANNOUNCE' && looked.upload) {
    await system.queues.announce(looked.upload);
    return 'announced again';
  }
  return (await close(looked, system)) ? 'closed as FAILED' : 'somebody else was faster';
}

export const reconcileCommand = (): Command =>
  withSystemOptions(
    new Command('reconcile').description('find open records that nobody works on, and bring them to an end'),
  )
    .option('--apply', 'do it; without this it only says what it would do', false)
    .action(async (flags: SystemFlags & { readonly apply: boolean }) => {
      await withSystem(flags, async (system) => {
        const open = await system.ledger.records(['UPLOADING', 'PROCESSING']);
        const looked = await lookAt(open, system, new Date());
        const stuck = looked.filter(({ remedy }) => remedy.action !== 'LEAVE');
        for (const one of stuck) {
          const { record, remedy } = one;
          const done = flags.apply ? ` → ${await apply(one, system)}` : '';
          process.stdout.write(`${record.recordId}  ${remedy.action.toLowerCase()}: ${remedy.why}${done}\n`);
        }
        const rest = flags.apply || stuck.length === 0 ? '' : ' Say --apply to do it.';
        process.stdout.write(
          `${String(looked.length)} open records, ${String(stuck.length)} of them stuck.${rest}\n`,
        );
      });
    });
