// Who sends the events that a clock sends in AWS?
import type { RecordId } from '../domain/ids.ts';
import { analysisInputSchema } from '../domain/stage-io.ts';
import { interview } from '../systems/interview/system.ts';
import type { BusEvent } from './bus.ts';
import { forgetTranscripts } from './given-transcripts.ts';
import type { Host } from './host.ts';
import { placesIn } from './services.ts';

const hourMs = 3_600_000;

/** What EventBridge's schedules send. */
const scheduled: BusEvent = { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} };

/** Hours between two events, for every subscription of a clock's; they share the event, so the shortest wins. */
const everyHours = Math.min(
  ...interview.subscriptions.flatMap(({ from }) => ('everyHours' in from ? [from.everyHours] : [])),
);

/**
 * Sends the event now and then as often as the system wants it, as long as the process lives. Executions whose records
 * are gone are forgotten at the same time.
 */
export function startClock(host: Pick<Host, 'bus' | 'journal' | 'services'>, folder: string): void {
  const tick = async (): Promise<void> => {
    await host.bus.publish(scheduled);
    await forgetOrphans(host, folder);
  };
  const run = (): void => void tick().catch(() => undefined);
  run();
  setInterval(run, everyHours * hourMs).unref();
}

/** What an execution was given and gave tells of a record, and so does a transcript: both go when the record has gone. */
export async function forgetOrphans(
  { journal, services }: Pick<Host, 'journal' | 'services'>,
  folder: string,
): Promise<void> {
  const isThere = async (recordId: RecordId): Promise<boolean> =>
    (await services.records.read(recordId)) !== null;
  for (const { name, input } of journal.ended()) {
    const { recordId } = analysisInputSchema.parse(JSON.parse(input));
    if (!(await isThere(recordId))) journal.forget(name);
  }
  await forgetTranscripts(placesIn(folder).transcripts, isThere);
}
