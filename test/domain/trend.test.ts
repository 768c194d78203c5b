// What of a report is followed from attempt to attempt?
import { expect } from 'chai';
import { recordSummarySchema } from '../../domain/record.ts';
import { summaryOf, trendFigures } from '../../domain/trend.ts';
import { fixtureReport } from '../fixtures/report.ts';

describe('the summary of a report', () => {
  it('holds the value of each followed figure, the length and the score', () => {
    const summary = recordSummarySchema.parse(summaryOf(fixtureReport));
    expect(Object.keys(summary.figures)).to.have.members([...trendFigures]);
    for (const name of trendFigures)
      expect(summary.figures[name]).to.equal(fixtureReport.figures[name].value);
    expect(summary.durationSeconds).to.equal(fixtureReport.playback?.durationSeconds);
    expect(summary.structureScore).to.equal(fixtureReport.assessment?.structureScore);
  });

  it('says null where there is nothing, and takes the length of the recording without a playback file', () => {
    const figures = Object.fromEntries(
      Object.entries(fixtureReport.figures).map(([name, figure]) => [
        name,
        { ...figure, value: null, reason: 'none' },
      ]),
    ) as typeof fixtureReport.figures;
    const summary = summaryOf({ ...fixtureReport, figures, playback: null, assessment: null });
    expect(summary).to.include({
      durationSeconds: fixtureReport.recording.durationSeconds,
      structureScore: null,
    });
    expect(new Set(Object.values(summary.figures))).to.deep.equal(new Set([null]));
  });
});
