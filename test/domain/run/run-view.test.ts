// Does the page of a run show what happened, and nothing of the account that it happened in?
import { expect } from 'chai';
import { runViewSchema, type RunState, type RunView } from '../../../domain/api/run-view.ts';
import { InternalError } from '../../../domain/errors.ts';
import { graphOf } from '../../../domain/run/graph.ts';
import { runView } from '../../../domain/run/run-view.ts';
import { taskStages } from '../../../domain/run/task-stages.ts';
import { interviewStages } from '../../../systems/interview/stages.ts';
import { definition, prefixOf, runOf } from './support/analysis-runs.ts';

const state = ({ states }: RunView, name: string): RunState => {
  const found = states.find((one) => one.name === name);
  if (!found) throw new Error(`there is no state ${name}`);
  return found;
};
const statuses = (view: RunView) => Object.fromEntries(view.states.map(({ name, status }) => [name, status]));
const text = JSON.stringify(definition);

describe('the graph of a state machine', () => {
  const graph = graphOf(text);

  it('has every state once, those within a Parallel by branch', () => {
    expect(graph.startAt).to.equal('ProbeRecording');
    expect(graph.states.length).to.equal(new Set(graph.states.map(({ name }) => name)).size);
    const outer = graph.states.filter(({ parent }) => parent === null).map(({ name }) => name);
    expect(outer).to.deep.equal(['ProbeRecording', 'Analyse', 'FinalizeRecord', 'RecordFailure', 'Failed']);
    const of = (branch: number) =>
      graph.states.filter((one) => one.parent === 'Analyse' && one.branch === branch);
    expect([of(0).length, of(1).length]).to.deep.equal([2, 12]);
  });

  it('connects them by next, choice and catch, each once', () => {
    const from = (name: string) => graph.transitions.filter((one) => one.from === name);
    expect(from('ConvertVideo')).to.deep.equal([{ from: 'ConvertVideo', to: 'NotConverted', kind: 'catch' }]);
    expect(from('ProbeRecording').map(({ to, kind }) => `${kind} ${to}`)).to.deep.equal([
      'next Analyse',
      'catch RecordFailure',
    ]);
    expect(from('IsTranscribed').map(({ to, kind }) => `${kind} ${to}`)).to.deep.equal([
      'choice MeasureText',
      'choice NoTranscript',
      'choice SpeechTooSlow',
      'choice AwaitTranscription',
    ]);
    const names = new Set(graph.states.map(({ name }) => name));
    expect(graph.transitions.filter(({ to }) => !names.has(to))).to.deep.equal([]);
  });

  it('names the stage behind each task, here and deployed, and no function', () => {
    const tasks = graph.states.filter(({ type }) => type === 'Task');
    expect(tasks.every(({ stage }) => stage !== null)).to.equal(true);
    const deployed = text
      .replaceAll('000000000000:function:', '123456789012:function:interview-')
      .replaceAll('-video"', '-video-1a2b3c4"');
    expect(graphOf(deployed)).to.deep.equal(graph);
    const called = new Set(tasks.map(({ stage }) => stage));
    expect([...called]).to.have.members([...taskStages]);
    expect(interviewStages.map(({ name }) => name)).to.include.members([...taskStages]);
  });

  it('knows what a Map does with its items', () => {
    const inner = { StartAt: 'Each', States: { Each: { Type: 'Pass', End: true } } };
    const machine = { StartAt: 'All', States: { All: { Type: 'Map', ItemProcessor: inner, End: true } } };
    expect(graphOf(JSON.stringify(machine)).states[1]).to.include({ name: 'Each', parent: 'All', branch: 0 });
  });

  it('says that it is our fault when the definition cannot be read', () => {
    for (const bad of ['', '{}', '{"StartAt":1,"States":{}}'])
      expect(() => graphOf(bad)).to.throw(InternalError);
  });
});

describe('the view of a run', () => {
  it('shows every state of a run that went well, with its loop, its times and its commands', async () => {
    const view = runViewSchema.parse(runView(await runOf()));
    expect(view).to.include({ status: 'SUCCEEDED', error: null, startAt: 'ProbeRecording' });
    expect(state(view, 'ReadTranscription')).to.include({ status: 'SUCCEEDED', entries: 3, attempts: 3 });
    expect(state(view, 'ConvertVideo')).to.deep.include({
      status: 'SUCCEEDED',
      stage: 'convert-video',
      enteredAt: '2026-05-01T12:00:02.000Z',
      exitedAt: '2026-05-01T12:00:32.000Z',
      commands: [
        ['ffmpeg', '-i', 'file:/tmp/recording'],
        ['ffmpeg', '-ss', '3'],
      ],
    });
    expect(state(view, 'ProbeRecording').commands).to.deep.equal([['ffprobe', 'x']]);
    expect(JSON.parse(state(view, 'MeasureText').output ?? '')).to.include({ hasTranscript: true });
    expect(state(view, 'Analyse')).to.include({ status: 'SUCCEEDED', error: null });
    const untouched = { status: 'NOT_REACHED', entries: 0, attempts: 0, enteredAt: null, input: null };
    for (const name of ['NoSound', 'RecordFailure', 'Failed'])
      expect(state(view, name)).to.include(untouched);
  });

  it('counts the tries of a task that succeeded at last', async () => {
    const down = { seconds: 1, error: 'TemporaryFailure', cause: 'UPSTREAM: down' };
    const view = runView(
      await runOf({ MeasureText: [down, { seconds: 1, result: { hasAssessment: false, problems: [] } }] }),
    );
    expect(state(view, 'MeasureText')).to.include({
      status: 'SUCCEEDED',
      entries: 1,
      attempts: 2,
      error: null,
    });
  });

  it('shows a failure that was caught, what it ended beside it, and why', async () => {
    const arn = 'arn:aws:iam::123456789012:role/greenroom';
    const cause = JSON.stringify({ errorMessage: `BUG: ${arn} of 123456789012 is not allowed` });
    const view = runView(await runOf({ ConvertVideo: [{ seconds: 1.5, error: 'InternalError', cause }] }));
    expect(statuses(view)).to.include({
      ConvertVideo: 'CAUGHT',
      NotConverted: 'FAILED',
      Analyse: 'CAUGHT',
      StartTranscription: 'SUCCEEDED',
      ReadTranscription: 'ABORTED',
      RecordFailure: 'SUCCEEDED',
      Failed: 'FAILED',
    });
    const shown = '{"errorMessage":"BUG: (a resource) of (an account) is not allowed"}';
    for (const name of ['ConvertVideo', 'NotConverted', 'Analyse', 'Failed'])
      expect(state(view, name), name).to.include({ error: 'InternalError', cause: shown });
    expect(view).to.include({ status: 'FAILED', error: 'InternalError', cause: shown });
    expect(JSON.stringify(view)).not.to.match(/arn:|\d{12}/);
  });

  it('does not call RUNNING what ended with the Parallel around it, while the machine goes on', async () => {
    const run = await runOf({ ConvertVideo: [{ seconds: 1.5, error: 'InternalError', cause: 'BUG: x' }] });
    const recording = run.events.findIndex(({ state: name }) => name === 'RecordFailure') + 1;
    const view = runView(prefixOf(run, recording));
    expect(view.status).to.equal('RUNNING');
    expect(statuses(view)).to.include({ ReadTranscription: 'ABORTED', RecordFailure: 'RUNNING' });
  });

  it('shows what was going on when it was stopped', async () => {
    const view = runView(await runOf({}, 10));
    expect(statuses(view)).to.include({
      ProbeRecording: 'SUCCEEDED',
      Analyse: 'ABORTED',
      ConvertVideo: 'ABORTED',
      FinalizeRecord: 'NOT_REACHED',
    });
    expect(view.status).to.equal('ABORTED');
  });

  it('has a view at each moment: what was entered and not left is RUNNING', async () => {
    const run = await runOf();
    for (let count = 0; count < run.events.length; count += 1) {
      const view = runViewSchema.parse(runView(prefixOf(run, count)));
      const open = view.states.filter(({ enteredAt, exitedAt }) => enteredAt !== null && exitedAt === null);
      expect(open.every(({ status }) => status === 'RUNNING')).to.equal(true);
      expect(view.states.filter(({ status }) => status === 'RUNNING')).to.deep.equal(open);
    }
  });

  it('cuts what is very long, and takes no account for one that is a part of a number or of a hash', async () => {
    const hash = `a${'1'.repeat(12)}b`;
    const result = { commands: [['x'.repeat(150_000)]], hash, size: 123456789012, share: 0.123456789012 };
    const view = runView(
      await runOf({ ConvertVideo: [{ seconds: 1, result: { ...result, problems: [] } }] }),
    );
    const { commands, output } = state(view, 'ConvertVideo');
    expect(commands[0]?.[0]?.length).to.equal(100_001);
    expect(output?.length).to.equal(100_001);
    const small = runView(
      await runOf({ ConvertVideo: [{ seconds: 1, result: { ...result, commands: [] } }] }),
    );
    expect(JSON.parse(state(small, 'ConvertVideo').output ?? '')).to.deep.include({
      ...result,
      commands: [],
    });
  });
});
