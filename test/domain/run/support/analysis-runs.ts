// What do executions of the real analysis look like at each moment of theirs? Run on a virtual clock, read from the journal.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionRun } from '../../../../domain/run/execution-run.ts';
import { createExecutionRuns } from '../../../../local/execution-runs.ts';
import { VirtualClock } from '../../../../local/interpreter/clock.ts';
import { Journal } from '../../../../local/interpreter/journal.ts';
import { runExecution, type TaskCall } from '../../../../local/interpreter/run-execution.ts';
import { functionArn } from '../../../../local/stages.ts';
import type { Json } from '../../../../systems/asl.ts';
import { analyseInterview } from '../../../../systems/interview/pipeline.ts';
import { compile } from '../../../../systems/machine.ts';

export const definition = compile(analyseInterview, { functionArn });

/** What a stage does in a run: takes so long, then answers or fails; the last one is repeated. */
export interface Deed {
  readonly seconds: number;
  readonly result?: Json;
  readonly error?: string;
  readonly cause?: string;
}
export type Deeds = { readonly [state: string]: readonly Deed[] };

const recording = { durationSeconds: 60, audio: { index: 1 } };
const conversion = {
  commands: [
    ['ffmpeg', '-i', 'file:/tmp/recording'],
    ['ffmpeg', '-ss', '3'],
  ],
};
/** An analysis in which everything goes well. */
export const wellDone: Deeds = {
  ProbeRecording: [{ seconds: 2, result: { recording, problems: [], commands: [['ffprobe', 'x']] } }],
  ConvertVideo: [{ seconds: 30, result: { ...conversion, problems: [] } }],
  StartTranscription: [{ seconds: 1, result: { jobName: 'the-job' } }],
  ReadTranscription: [
    { seconds: 1, result: { status: 'IN_PROGRESS', reason: null } },
    { seconds: 1, result: { status: 'IN_PROGRESS', reason: null } },
    { seconds: 1, result: { status: 'COMPLETED', reason: null } },
  ],
  MeasureText: [{ seconds: 4, result: { hasAssessment: true, problems: [] } }],
  FinalizeRecord: [{ seconds: 1, result: { status: 'SUCCEEDED', reportKey: 'key', problems: [] } }],
  RecordFailure: [{ seconds: 1, result: { status: 'FAILED', reportKey: null, problems: [] } }],
};

const input = {
  userId: 'alice',
  recordId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  objectKey: 'uploads/alice/01ARZ3NDEKTSV4RRFFQ69G5FAV.webm',
  sha256: null,
  question: 'Why?',
  language: null,
};

/** The whole run of an analysis whose stages do this; `stopAfterSeconds` aborts it. */
export async function runOf(changed: Deeds = {}, stopAfterSeconds?: number): Promise<ExecutionRun> {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-runs-'));
  const journal = new Journal(join(folder, 'journal.sqlite'));
  const clock = new VirtualClock(Date.parse('2026-05-01T12:00:00.000Z'));
  const deeds: Deeds = { ...wellDone, ...changed };
  const counts = new Map<string, number>();
  const invoke = async ({ stateName, signal }: TaskCall): Promise<Json> => {
    const count = counts.get(stateName) ?? 0;
    counts.set(stateName, count + 1);
    const { seconds, result, error, cause } = deeds[stateName]?.[count] ??
      deeds[stateName]?.at(-1) ?? { seconds: 0 };
    await clock.sleepUntil(clock.now() + seconds * 1000, signal);
    if (error === undefined) return result ?? {};
    throw Object.assign(new Error(cause), { name: error, cause });
  };
  const stop = new AbortController();
  if (stopAfterSeconds !== undefined)
    void clock.sleepUntil(clock.now() + stopAfterSeconds * 1000, new AbortController().signal).then(
      () => stop.abort(),
      () => undefined,
    );
  try {
    await runExecution({
      definition,
      input,
      invoke,
      clock,
      journal,
      name: 'the-run',
      signal: stop.signal,
      random: () => 0.5,
    });
    const runs = createExecutionRuns({ journal, fractions: () => ({}), stop: () => Promise.resolve(false) });
    const run = await runs.read('the-run');
    if (!run) throw new Error('the journal knows nothing of the run');
    return run;
  } finally {
    journal.close();
    rmSync(folder, { recursive: true });
  }
}

/** The run as it was when so many of its events had happened. */
export const prefixOf = (run: ExecutionRun, count: number): ExecutionRun =>
  count >= run.events.length
    ? run
    : {
        ...run,
        summary: { ...run.summary, status: 'RUNNING', stoppedAt: null, error: null, cause: null },
        events: run.events.slice(0, count),
      };
