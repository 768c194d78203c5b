// What does `./greenroom status` do? It says in one screen whether the system is well, and what needs a hand.
import { Command } from 'commander';
import type { RecordStatus } from '../../../domain/record.ts';
import type { ExecutionSummary } from '../../../domain/reconciliation.ts';
import type { OperatedSystem, QueueDepth } from '../../../services/operations.ts';
import { exitCodes } from '../../run-analysis.ts';
import { withSystem, withSystemOptions, type SystemFlags } from '../../operated-system.ts';
import { lookAt, redrivableOf } from '../../../services/open-records.ts';

/** Executions that are looked at. */
const recentExecutions = 50;

interface Status {
  readonly system: string;
  readonly alarms: readonly string[] | null;
  readonly records: { readonly [State in RecordStatus]?: number };
  /** Open records that `reconcile` would help. */
  readonly stuck: number;
  /** Failed records that `redrive` may help. */
  readonly redrivable: number;
  readonly executions: { readonly [State in ExecutionSummary['status']]?: number };
  readonly queues: readonly QueueDepth[];
  readonly needsAttention: boolean;
}

function count<Key extends string>(values: readonly Key[]): { readonly [K in Key]?: number } {
  const counts: { [K in Key]?: number } = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

async function statusOf(system: OperatedSystem): Promise<Status> {
  // One look at the table for everything: it reads all of it.
  const records = await system.ledger.records(['UPLOADING', 'PROCESSING', 'FAILED']);
  const open = await lookAt(records, system, new Date());
  const executions = await system.ledger.executions(recentExecutions);
  const queues = await system.queues.depths();
  const alarms = await system.alarms();
  const stuck = open.filter(({ remedy }) => remedy.action !== 'LEAVE').length;
  const redrivable = (await redrivableOf(records, system)).length;
  const dead = queues.some(({ deadLetters }) => deadLetters > 0);
  return {
    system: system.title,
    alarms,
    records: count(records.map(({ status }) => status)),
    stuck,
    redrivable,
    executions: count(executions.map(({ status }) => status)),
    queues,
    needsAttention: stuck > 0 || redrivable > 0 || dead || (alarms ?? []).length > 0,
  };
}

const counted = (counts: { readonly [key: string]: number }): string =>
  Object.entries(counts)
    .map(([key, number]) => `${String(number)} ${key.toLowerCase().replace('_', ' ')}`)
    .join(', ') || 'none';

function textOf(status: Status): string {
  const { alarms, queues, stuck, redrivable } = status;
  const lines = [
    status.system,
    `alarms      ${alarms === null ? 'there are none on this host' : alarms.length === 0 ? 'all quiet' : `ringing: ${alarms.join(', ')}`}`,
    `records     ${counted(status.records)} (closed with a result: not counted)`,
    `executions  ${counted(status.executions)} among the last ${String(recentExecutions)}`,
    ...queues.map(
      ({ queue, waiting, inFlight, deadLetters }) =>
        `queue       ${queue}: ${String(waiting)} waiting, ${String(inFlight)} in flight, ${String(deadLetters)} dead`,
    ),
  ];
  if (stuck > 0) lines.push(`→ ${String(stuck)} open records are stuck: ./greenroom reconcile`);
  if (redrivable > 0)
    lines.push(`→ ${String(redrivable)} records failed through no fault of theirs: ./greenroom redrive`);
  if (queues.some(({ deadLetters }) => deadLetters > 0))
    lines.push('→ messages were given up: ./greenroom dlq list');
  if (!status.needsAttention) lines.push('Nothing needs a hand.');
  return lines.join('\n');
}

export const statusCommand = (): Command =>
  withSystemOptions(new Command('status').description('say whether the system is well'))
    .option('--json', 'print it as JSON', false)
    .addHelpText(
      'after',
      `\nEnds with 0 when nothing needs a hand and with ${String(exitCodes.failed)} otherwise.`,
    )
    .action(async (flags: SystemFlags & { readonly json: boolean }) => {
      const status = await withSystem(flags, statusOf);
      process.stdout.write(`${flags.json ? JSON.stringify(status, null, 2) : textOf(status)}\n`);
      process.exitCode = status.needsAttention ? exitCodes.failed : exitCodes.report;
    });
