// Can the picture of a run be read: every state in its place, none over another?
import { expect } from 'chai';
import { layoutRun, pathOf, type Box } from '../../../web/src/pages/runs/run-layout.ts';
import type { RunState, RunTransition } from '../../../domain/api/run-view.ts';

const state = (name: string, parent: string | null = null, branch: number | null = null): RunState => ({
  name,
  parent,
  branch,
  type: 'Task',
  stage: null,
  status: 'NOT_REACHED',
  entries: 0,
  attempts: 0,
  enteredAt: null,
  exitedAt: null,
  input: null,
  output: null,
  error: null,
  cause: null,
  commands: [],
});
const to = (from: string, next: string, kind: RunTransition['kind'] = 'next'): RunTransition => ({
  from,
  to: next,
  kind,
});

/** A machine with a Parallel whose second branch goes round. */
const machine = {
  states: [
    state('Probe'),
    state('Analyse'),
    state('Convert', 'Analyse', 0),
    state('Start', 'Analyse', 1),
    state('Read', 'Analyse', 1),
    state('Wait', 'Analyse', 1),
    state('Finalize'),
    state('Failed'),
  ],
  transitions: [
    to('Probe', 'Analyse'),
    to('Probe', 'Failed', 'catch'),
    to('Start', 'Read'),
    to('Read', 'Wait', 'choice'),
    to('Wait', 'Read'),
    to('Analyse', 'Finalize'),
    to('Analyse', 'Failed', 'catch'),
  ],
};

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const contains = (outer: Box, inner: Box): boolean =>
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

describe('the picture of a run (A49)', () => {
  const { boxes, frames, lines, width, height } = layoutRun(machine);
  const box = (name: string): Box => {
    const found = boxes.find((one) => one.name === name);
    if (!found) throw new Error(`there is no box ${name}`);
    return found;
  };

  it('gives each state a box of its own', () => {
    expect(boxes.map(({ name }) => name)).to.deep.equal(machine.states.map(({ name }) => name));
    for (const [index, one] of boxes.entries())
      for (const other of boxes.slice(index + 1))
        expect(overlap(one, other), `${one.name} over ${other.name}`).to.equal(false);
  });

  it('frames the branches of a Parallel and nothing else', () => {
    const [frame] = frames;
    if (!frame) throw new Error('there is no frame');
    for (const { name, parent } of machine.states)
      expect(contains(frame, box(name)), name).to.equal(parent === 'Analyse' || name === 'Analyse');
  });

  it('goes from the top to the bottom', () => {
    const order = ['Probe', 'Analyse', 'Start', 'Read', 'Wait', 'Finalize'];
    const heights = order.map((name) => box(name).y);
    expect(heights).to.deep.equal(heights.toSorted((a, b) => a - b));
  });

  it('lets what a Parallel caught leave through its foot', () => {
    expect(lines.filter(({ kind }) => kind === 'catch').map(({ from }) => from)).to.deep.equal([
      'Probe',
      'Analyse (foot)',
    ]);
  });

  it('draws inside its own size', () => {
    const picture = { name: 'picture', x: 0, y: 0, width, height };
    const points = lines.flatMap(({ from, points: of }) =>
      of.map((at) => ({ ...at, name: from, width: 0, height: 0 })),
    );
    for (const one of [...boxes, ...frames, ...points])
      expect(contains(picture, one), one.name).to.equal(true);
  });

  it('draws no path through no points', () => {
    expect(pathOf([])).to.equal('');
    expect(
      pathOf([
        { x: 0, y: 0 },
        { x: 1, y: 2 },
      ]),
    ).to.equal('M0 0 L1 2');
  });
});
