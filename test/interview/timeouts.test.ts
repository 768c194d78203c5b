// Does every time limit of the interview's analysis fit into the one around it, with all retries and waits?
import { expect } from 'chai';
import jsonata from 'jsonata';
import { processSeconds } from '../../media/input-arguments.ts';
import type { Retrier, Scope, State } from '../../systems/asl.ts';
import { retryTable } from '../../systems/interview/faults.ts';
import { analyseInterview } from '../../systems/interview/pipeline.ts';
import { convertVideo, interviewStages, probeRecording } from '../../systems/interview/stages.ts';
import { compile } from '../../systems/machine.ts';

const definition = compile(analyseInterview, { functionArn: (name) => name });

const scopes = (scope: Scope): readonly Scope[] => [
  scope,
  ...Object.values(scope.States).flatMap((state) =>
    state.Type === 'Parallel' ? state.Branches.flatMap(scopes) : [],
  ),
];
const states = new Map(scopes(definition).flatMap(({ States }) => Object.entries(States)));

function stateNamed<Type extends State['Type']>(name: string, type: Type): Extract<State, { Type: Type }> {
  const state = states.get(name);
  if (state?.Type !== type) throw new Error(`${name} is no ${type}`);
  return state as Extract<State, { Type: Type }>;
}

const secondsOf = (name: string): number => Number(stateNamed(name, 'Task').TimeoutSeconds);

/** Every row of a Retry counts its own attempts; the jitter only makes waits shorter. */
function withRetries(name: string): number {
  const rows: readonly Retrier[] = stateNamed(name, 'Task').Retry ?? [];
  let seconds = secondsOf(name);
  for (const { IntervalSeconds = 1, MaxAttempts = 3, BackoffRate = 2, MaxDelaySeconds = Infinity } of rows) {
    for (let retry = 0; retry < MaxAttempts; retry++)
      seconds += secondsOf(name) + Math.min(MaxDelaySeconds, IntervalSeconds * BackoffRate ** retry);
  }
  return seconds;
}

const evaluate = async (expression: unknown, bindings: Record<string, unknown>): Promise<unknown> =>
  jsonata(String(expression).replace(/^\{% (.*) %\}$/s, '$1')).evaluate(null, bindings);

/** What the definition's own expressions make of a transcript that never comes. */
async function waitsForTranscript(): Promise<{ reads: number; waitedSeconds: number }> {
  const wait = stateNamed('AwaitTranscription', 'Wait');
  const giveUp = stateNamed('IsTranscribed', 'Choice').Choices.find(({ Next }) => Next === 'SpeechTooSlow');
  let waitSeconds: unknown = stateNamed('StartTranscription', 'Task').Assign?.['waitSeconds'];
  let waitedSeconds = 0;
  for (let reads = 1; reads < 1000; reads++) {
    if (await evaluate(giveUp?.Condition, { waitSeconds })) return { reads, waitedSeconds };
    waitedSeconds += Number(await evaluate(wait.Seconds, { waitSeconds }));
    waitSeconds = await evaluate(wait.Assign?.['waitSeconds'], { waitSeconds });
  }
  throw new Error('the loop never ends');
}

describe('the time limits of the interview', () => {
  it('give no single look at a file more time than its stage has', () => {
    expect(Math.max(processSeconds.headers, processSeconds.packets)).to.be.at.most(
      probeRecording.timeoutSeconds,
    );
    expect(processSeconds.frame).to.be.below(convertVideo.timeoutSeconds);
  });

  it('end a function before its task', () => {
    const tasks = [...states].filter(([, { Type }]) => Type === 'Task').map(([name]) => name);
    expect(tasks).to.have.lengthOf(7);
    for (const name of tasks) {
      const { Resource } = stateNamed(name, 'Task');
      const stage = interviewStages.find((candidate) => candidate.name === Resource);
      expect(stage?.timeoutSeconds, name).to.be.a('number').and.be.below(secondsOf(name));
    }
  });

  it('leave the machine time for every task with all its retries and an hour of waits', async () => {
    const { reads, waitedSeconds } = await waitsForTranscript();
    expect(waitedSeconds).to.be.within(3600, 4000);
    const words =
      withRetries('StartTranscription') +
      waitedSeconds +
      reads * withRetries('ReadTranscription') +
      withRetries('MeasureText');
    const worst =
      withRetries('ProbeRecording') +
      Math.max(withRetries('ConvertVideo'), words) +
      withRetries('FinalizeRecord') +
      withRetries('RecordFailure');
    // The comment at the limit says so.
    expect(Math.round(worst)).to.equal(58_956);
    expect(worst).to.be.below(definition.TimeoutSeconds ?? 0);
  });

  it('try what did not fit into time or memory once more, and no more', () => {
    const rows = retryTable.filter(({ ErrorEquals }) => ErrorEquals.includes('ResourceExhausted'));
    expect(rows.map(({ MaxAttempts }) => MaxAttempts)).to.deep.equal([1]);
  });
});
