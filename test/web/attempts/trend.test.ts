// Does a trend show what is known, in order of time, on a scale that people can read?
import { expect } from 'chai';
import type { RecordView } from '../../../domain/api/shapes.ts';
import { recordIdSchema } from '../../../domain/ids.ts';
import { trendScale } from '../../../web/src/pages/attempts/trend-scale.ts';
import { trendNames, trendOf } from '../../../web/src/pages/attempts/trend.ts';

type Summarised = Parameters<typeof trendOf>[0][number];

const attempt = (day: number, summary: RecordView['summary'], question = 'Why?'): Summarised => ({
  recordId: recordIdSchema.parse(`01K0000000000000000000000${day}`),
  createdAt: `2026-03-0${day}T10:00:00.000Z`,
  question,
  summary,
});

const records = [
  attempt(3, { durationSeconds: 60, structureScore: 100, figures: { speechRate: 150, loudness: -20 } }),
  attempt(
    2,
    { durationSeconds: 60, structureScore: null, figures: { speechRate: 140, loudness: null } },
    'How?',
  ),
  attempt(1, { durationSeconds: 60, structureScore: 50, figures: { speechRate: 120 } }),
  attempt(4, null),
];

describe('trend of attempts', () => {
  it('shows known values only, the oldest first', () => {
    expect(trendOf(records, 'structureScore', null).map(({ value }) => value)).to.deep.equal([50, 100]);
    expect(trendOf(records, 'speechRate', null).map(({ value }) => value)).to.deep.equal([120, 140, 150]);
  });

  it('shows one question when asked', () => {
    expect(trendOf(records, 'speechRate', 'Why?').map(({ value }) => value)).to.deep.equal([120, 150]);
  });

  it('offers what at least two attempts know', () => {
    expect(trendNames(records)).to.deep.equal(['structureScore', 'speechRate']);
  });

  for (const [what, values, band, whole, low, high] of [
    ['a share from 0 to 1', [0.62, 0.91], { from: 0.7 }, 1, 0, 1],
    ['a score from 0 to 100', [50, 100], null, 100, 0, 100],
    ['a rate with its usual range', [118, 171], { from: 130, to: 160 }, null, 100, 180],
    ['a loudness below zero', [-31.2, -18], { from: -27, to: -14 }, null, -35, -10],
    ['the same value twice', [4, 4], null, null, 4, 5],
    ['zeros', [0, 0], null, null, 0, 1],
  ] as const) {
    it(`has a round scale for ${what}`, () => {
      const points = values.map((value, index) => ({ recordId: 'r', at: '', time: index, value }));
      const scale = trendScale(points, { band: band && { ...band, source: '' }, whole });
      expect(scale).to.include({ low, high });
      expect(scale.ticks.at(0)).to.equal(low);
      expect(scale.ticks.at(-1)).to.equal(high);
      expect(scale.ticks.length).to.be.within(2, 7);
    });
  }
});
