// How long is the recording of an execution, as far as the execution knows?
import { z } from 'zod';
import type { Visit } from './visits.ts';

const probedSchema = z.object({ recording: z.object({ durationSeconds: z.number().nonnegative() }) });

/** Read from what the look at the recording gave; `null` before, and when it gave nothing. */
export function recordedSeconds(visits: readonly Visit[]): number | null {
  const output = visits.find(({ state }) => state === 'ProbeRecording')?.exited?.output;
  if (output === undefined || output === null) return null;
  try {
    const read = probedSchema.safeParse(JSON.parse(output));
    return read.data?.recording.durationSeconds ?? null;
  } catch {
    return null;
  }
}
