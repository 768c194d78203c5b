// Does progress go forward only, and does it say something true?
import { expect } from 'chai';
import * as fc from 'fast-check';
import { progressSchema, type Progress } from '../../domain/api/shapes.ts';
import { progressOf, statesOfProgress } from '../../domain/progress.ts';
import type { ExecutionRun } from '../../domain/run/execution-run.ts';
import { graphOf } from '../../domain/run/graph.ts';
import { visitsOf } from '../../domain/run/visits.ts';
import { definition, prefixOf, runOf, type Deeds } from './run/support/analysis-runs.ts';

const processing = { status: 'PROCESSING' } as const;
const down = { seconds: 3, error: 'TemporaryFailure', cause: 'UPSTREAM: down' };
const kinds: { readonly [what: string]: Deeds } = {
  'that goes well': {},
  'without sound': {
    ProbeRecording: [
      { seconds: 1, result: { recording: { durationSeconds: 60, audio: null }, problems: [] } },
    ],
  },
  'that is refused': { ProbeRecording: [{ seconds: 1, error: 'RecordingRejected', cause: 'EMPTY: empty' }] },
  'whose conversion is tried again': { ConvertVideo: [down, down, { seconds: 9, result: { problems: [] } }] },
  'whose conversion fails': { ConvertVideo: [{ seconds: 9, error: 'InternalError', cause: 'BUG: x' }] },
  'whose transcript is long in coming': {
    ReadTranscription: [
      ...Array.from({ length: 12 }, () => ({ seconds: 1, result: { status: 'IN_PROGRESS', reason: null } })),
      down,
      { seconds: 1, result: { status: 'UNAVAILABLE', reason: 'nobody listens' } },
    ],
  },
  'whose words fail': { MeasureText: [{ seconds: 1, error: 'ServiceRejected', cause: 'MODEL_OUTPUT: x' }] },
};

/** When the n-th event of a run happened, in ms. */
const timeOf = ({ events }: ExecutionRun, count: number): number =>
  Date.parse(events[Math.max(0, Math.min(count, events.length) - 1)]?.timestamp ?? '');

/** The moments of a run: after each event, and between it and the next one. */
function momentsOf(run: ExecutionRun, between: readonly number[]): { count: number; now: Date }[] {
  return run.events.flatMap((_, index) => {
    const from = timeOf(run, index + 1);
    const to = timeOf(run, index + 2);
    return [0, ...between]
      .toSorted((a, b) => a - b)
      .map((share) => ({ count: index + 1, now: new Date(from + share * (to - from)) }));
  });
}

describe('the progress of an analysis', () => {
  const runs = new Map<string, ExecutionRun>();
  before(async () => {
    for (const [what, deeds] of Object.entries(kinds)) runs.set(what, await runOf(deeds));
  });
  const runBy = (what: string): ExecutionRun => {
    const run = runs.get(what);
    if (!run) throw new Error(what);
    return run;
  };

  it('knows the states of the machine by their names', () => {
    const names = graphOf(JSON.stringify(definition)).states.map(({ name }) => name);
    expect(names).to.include.members([...statesOfProgress]);
  });

  for (const what of Object.keys(kinds))
    it(`never goes back in an analysis ${what}, whenever it is asked and whatever the tasks say of themselves`, () => {
      const run = runBy(what);
      const share = fc.double({ min: 0, max: 1, noNaN: true });
      fc.assert(
        fc.property(
          fc.array(share, { maxLength: 4 }),
          fc.array(share),
          fc.nat({ max: 60 }),
          (between, words, silentFor) => {
            const own = words.toSorted((a, b) => a - b);
            let last: Progress = { step: 'QUEUED', percent: 0, secondsLeft: null };
            for (const [at, { count, now }] of momentsOf(run, between).entries()) {
              const word = own[Math.min(own.length - 1, at)];
              const fractions = at >= silentFor && word !== undefined ? { ConvertVideo: word } : {};
              const progress = progressOf({
                record: processing,
                run: { ...prefixOf(run, count), fractions },
                now,
              });
              progressSchema.parse(progress);
              expect(progress.percent).to.be.at.least(last.percent);
              expect(progress.percent === 100).to.equal(count === run.events.length);
              last = progress;
            }
            expect(last).to.deep.equal({ step: 'DONE', percent: 100, secondsLeft: 0 });
          },
        ),
        { numRuns: 60 },
      );
    });

  it('does not go back when a conversion that was nearly done begins again', () => {
    const run = runBy('whose conversion is tried again');
    const conversion = visitsOf(run.events).find(({ state }) => state === 'ConvertVideo');
    const [, second] = conversion?.events.filter(({ type }) => type.endsWith('Scheduled')) ?? [];
    const percentAt = (count: number, fraction: number) =>
      progressOf({
        record: processing,
        run: { ...prefixOf(run, count), fractions: { ConvertVideo: fraction } },
        now: new Date(timeOf(run, count)),
      }).percent;
    const again = second?.id ?? 0;
    expect(percentAt(again - 1, 0.99)).to.be.greaterThan(40);
    expect(percentAt(again, 0)).to.be.at.least(percentAt(again - 1, 0.99));
  });

  it('passes through the steps in their order, and names the later one of two', () => {
    const run = runBy('that goes well');
    const steps = run.events.map(
      (_, index) =>
        progressOf({
          record: processing,
          run: prefixOf(run, index + 1),
          now: new Date(timeOf(run, index + 1)),
        }).step,
    );
    const changes = steps.filter((step, index) => step !== steps[index - 1]);
    expect(changes).to.deep.equal([
      'QUEUED',
      'CHECKING',
      'CONVERTING',
      'TRANSCRIBING',
      'ASSESSING',
      'CONVERTING',
      'FINISHING',
      'DONE',
    ]);
  });

  it('tells the time left by the speed of the conversion, once that is known', () => {
    const run = runBy('that goes well');
    // Twenty seconds into a conversion that is half done: its twenty others, and what comes after it.
    const converting = run.events.findIndex(({ state }) => state === 'ConvertVideo');
    const now = new Date(timeOf(run, converting + 1) + 20_000);
    const last = run.events.findLastIndex(({ timestamp }) => Date.parse(timestamp) <= now.getTime());
    const left = (fractions: { [state: string]: number }) =>
      progressOf({ record: processing, run: { ...prefixOf(run, last + 1), fractions }, now }).secondsLeft;
    expect(left({ ConvertVideo: 0.5 })).to.be.within(20, 40);
    expect(left({ ConvertVideo: 0.1 })).to.be.greaterThan(100);
    expect(left({})).to.be.within(1, 40);
  });

  it('says nothing of the time before the recording was looked at', () => {
    const now = new Date();
    expect(progressOf({ record: processing, run: null, now })).to.deep.equal({
      step: 'QUEUED',
      percent: 1,
      secondsLeft: null,
    });
    const run = prefixOf(runBy('that goes well'), 3);
    expect(progressOf({ record: processing, run, now })).to.include({ step: 'CHECKING', secondsLeft: null });
  });

  it('is 0 while it is uploaded and 100 when it is closed, whatever an execution says', () => {
    const run = prefixOf(runBy('that goes well'), 9);
    const now = new Date();
    expect(progressOf({ record: { status: 'UPLOADING' }, run, now }).percent).to.equal(0);
    for (const status of ['SUCCEEDED', 'PARTIAL', 'FAILED'] as const)
      expect(progressOf({ record: { status }, run, now })).to.include({ step: 'DONE', percent: 100 });
  });
});
