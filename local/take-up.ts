// What did the last process leave undone, and how does it get to its end?
import { analysisInputSchema } from '../domain/stage-io.ts';
import { eventPatienceMs } from '../domain/reconciliation.ts';
import { isCancelled } from '../domain/record.ts';
import { lookAt, uploadOf } from '../services/open-records.ts';
import { executionEnded } from './bus.ts';
import { stopped } from './executions.ts';
import type { Host } from './host.ts';
import { statesArn } from './interpreter/execution.ts';
import type { StartedExecution } from './interpreter/journal.ts';
import { analysisMachine } from '../systems/interview/names.ts';

const outdated = {
  status: 'ABORTED',
  error: 'Greenroom.Updated',
  cause: 'Greenroom was updated while the analysis was unfinished; it begins again.',
} as const;

/** Ends what was cancelled by a process that died before it could stop the work. */
async function endCancelled({ journal, records }: Host): Promise<void> {
  for (const started of journal.unfinished()) {
    const { recordId } = analysisInputSchema.parse(JSON.parse(started.input));
    const record = await records.read(recordId);
    if (record && isCancelled(record)) journal.open(started).log.end({ status: 'ABORTED', ...stopped });
  }
}

/** An execution of another version's definition has no handlers any more: its record gets another attempt. */
async function beginAgain(host: Host, started: StartedExecution): Promise<void> {
  const { journal, bus, records, services } = host;
  const input: unknown = JSON.parse(started.input);
  journal.open(started).log.end(outdated);
  const executionArn = statesArn('execution', `${analysisMachine}:${started.name}`);
  await bus.publish(executionEnded({ executionArn, name: started.name, ...outdated }, input));
  const { recordId } = analysisInputSchema.parse(input);
  if (!(await records.reopen(recordId, started.name))) return;
  const record = await records.read(recordId);
  const upload = record && (await uploadOf(record, services.objects));
  if (upload) await host.announceUpload(upload.key);
}

/**
 * Goes on with the executions that are unfinished, and announces uploads whose event was lost with a process: one that
 * owns the folder need not wait whether an event still comes.
 */
export async function takeUp(host: Host): Promise<void> {
  await endCancelled(host);
  for (const started of host.resume()) await beginAgain(host, started);
  const open = await host.records.records(['UPLOADING', 'PROCESSING']);
  const now = new Date(Date.now() + eventPatienceMs);
  const system = {
    objects: host.services.objects,
    ledger: { execution: async (name: string) => host.journal.execution(name) },
  };
  for (const { record, upload, remedy } of await lookAt(open, system, now)) {
    if (remedy.action === 'ANNOUNCE' && upload) await host.announceUpload(upload.key);
    if (remedy.action !== 'CLOSE') continue;
    const name = record.executionName ?? `take-up-${record.recordId}`;
    const result = { status: 'FAILED', problems: [remedy.problem], reportKey: null } as const;
    if (await host.records.claim(record.recordId, name))
      await host.records.finish(record.recordId, name, result);
  }
}
