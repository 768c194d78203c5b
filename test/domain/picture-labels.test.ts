// Do the labels of single frames become things with times, and a figure that shows them?
import { expect } from 'chai';
import type { Measurements } from '../../domain/measurements.ts';
import { labelsFigure } from '../../domain/labels-figure.ts';
import { joinLabels, seenLabelsSchema, type LabelledFrame } from '../../domain/picture-labels.ts';

const label = (name: string, confidence = 0.9, ...parents: string[]) => ({ name, confidence, parents });
const frame = (atSeconds: number, ...labels: LabelledFrame['labels'][number][]): LabelledFrame => ({
  atSeconds,
  labels,
});
const join = (frames: readonly LabelledFrame[], durationSeconds = 22) =>
  joinLabels({ provider: 'service-3.0', secondsPerFrame: 5, durationSeconds, frames });

describe('the things in the picture (A13, A67, A69)', () => {
  it('are to be seen from their frame to the next one, and not beyond the end', () => {
    const seen = join([
      frame(0, label('Plant')),
      frame(5, label('Plant'), label('Cup')),
      frame(10),
      frame(15),
      frame(20, label('Plant')),
    ]);
    expect(seen).to.deep.include({ provider: 'service-3.0', frameCount: 5, secondsPerFrame: 5 });
    expect(seenLabelsSchema.parse(seen)).to.deep.equal(seen);
    expect(seen.things.map(({ name, spans }) => [name, spans])).to.deep.equal([
      [
        'Plant',
        [
          { startSeconds: 0, endSeconds: 10 },
          { startSeconds: 20, endSeconds: 22 },
        ],
      ],
      ['Cup', [{ startSeconds: 5, endSeconds: 10 }]],
    ]);
  });

  it('carry their highest confidence, to three digits, and all their parents', () => {
    const seen = join([
      frame(0, label('Laptop', 0.912_34, 'Computer')),
      frame(5, label('Laptop', 0.987_654, 'Computer', 'Electronics')),
    ]);
    expect(seen.things).to.have.lengthOf(1);
    expect(seen.things[0]).to.deep.include({ confidence: 0.988, parents: ['Computer', 'Electronics'] });
  });

  it('go by their narrowest name in each frame', () => {
    const seen = join([
      frame(0, label('Laptop', 0.9, 'Computer'), label('Computer')),
      frame(5, label('Computer')),
    ]);
    expect(seen.things.map(({ name }) => name)).to.have.members(['Laptop', 'Computer']);
    expect(seen.things.find(({ name }) => name === 'Computer')?.spans).to.deep.equal([
      { startSeconds: 5, endSeconds: 10 },
    ]);
  });

  it('are at most fifty kinds, the longest seen first, in the same order every time', () => {
    const many = Array.from({ length: 60 }, (_, index) => label(`Thing ${String(index).padStart(2, '0')}`));
    const frames = [frame(0, ...many), frame(5, label('Thing 59'))];
    const names = join(frames).things.map(({ name }) => name);
    expect(names).to.have.lengthOf(50);
    expect(names.slice(0, 3)).to.deep.equal(['Thing 59', 'Thing 00', 'Thing 01']);
    const turned = [frame(0, ...many.toReversed()), frame(5, label('Thing 59'))];
    expect(join(turned).things).to.deep.equal(join(frames).things);
  });
});

const looked = { picture: {} as Measurements['picture'], pictureReason: null };

describe('the figure of objects', () => {
  it('is the number of kinds, with a moment for each time that a thing was seen', () => {
    const { objects } = labelsFigure(looked, join([frame(0, label('Plant')), frame(5, label('Cup'))]), null);
    expect(objects).to.deep.include({ value: 2, unit: 'kinds', provenance: 'model:service-3.0' });
    expect(objects).to.have.deep.property('evidence', [
      { startSeconds: 0, endSeconds: 5, text: 'Plant' },
      { startSeconds: 5, endSeconds: 10, text: 'Cup' },
    ]);
  });

  it('is 0, not unknown, when somebody looked and named nothing', () => {
    expect(labelsFigure(looked, join([frame(0)]), null).objects).to.deep.include({ value: 0, evidence: [] });
  });

  const reasons = [
    ['nobody looks', looked, null, /no service is configured/],
    ['the service failed', looked, { code: 'THROTTLED', message: 'It failed.' }, /It failed/],
    ['there is no picture', { picture: null, pictureReason: null }, null, /no picture/],
    ['the picture is broken', { picture: null, pictureReason: 'broken' }, null, /broken/],
  ] as const;
  for (const [why, measurements, problem, reason] of reasons) {
    it(`is unknown with its reason when ${why}`, () => {
      const { objects } = labelsFigure(measurements, null, problem);
      expect(objects).to.have.property('value', null);
      expect(objects).to.have.property('reason').that.matches(reason);
    });
  }
});
