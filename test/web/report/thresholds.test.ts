// Do moved thresholds give the figures that the pipeline would have given with them?
import { expect } from 'chai';
import { videoFigures } from '../../../domain/video-metrics.ts';
import {
  changedFigures,
  defaultThresholds,
  thresholdFields,
  withThresholds,
} from '../../../web/src/pages/report/threshold-fields.ts';
import { fixtureReport, soundOnlyReport } from '../../fixtures/report.ts';
import { longReport } from '../../fixtures/long-report.ts';

describe('thresholds in the browser', () => {
  it('can move every threshold there is, with its default within the limits', () => {
    expect(thresholdFields.map(({ name }) => name)).to.have.members(Object.keys(defaultThresholds));
    for (const { name, least, most } of thresholdFields)
      expect(defaultThresholds[name], name).to.be.within(least, most);
  });

  it('gives the figures that the pipeline gives, and leaves sound and words alone', () => {
    const thresholds = { ...defaultThresholds, maxYawDegrees: 45, maxIrisOffset: 0.4 };
    const shown = withThresholds(fixtureReport, thresholds);
    const expected = videoFigures(
      fixtureReport.measurements,
      fixtureReport.recording.durationSeconds,
      thresholds,
    );
    expect(shown.figures.attention).to.deep.equal(expected.attention);
    expect(shown.figures.awayEpisodes).to.have.property('value', 0);
    expect(shown.figures.loudness).to.equal(fixtureReport.figures.loudness);
    expect(shown.figures.objects).to.equal(fixtureReport.figures.objects);
  });

  it('is the report itself with the thresholds as they are, and without a picture', () => {
    expect(withThresholds(fixtureReport, { ...defaultThresholds })).to.equal(fixtureReport);
    expect(withThresholds(soundOnlyReport, { ...defaultThresholds, maxYawDegrees: 50 })).to.equal(
      soundOnlyReport,
    );
  });

  it('names the figures that became others', () => {
    const shown = withThresholds(longReport, { ...defaultThresholds, maxYawDegrees: 45 });
    expect([...changedFigures(longReport, shown)]).to.have.members(['attention', 'awayEpisodes']);
    expect(changedFigures(longReport, longReport).size).to.equal(0);
  });

  it('takes less than 50 ms for half an hour', () => {
    withThresholds(longReport, { ...defaultThresholds, minAwaySeconds: 2 });
    const start = process.cpuUsage();
    withThresholds(longReport, { ...defaultThresholds, minAwaySeconds: 3 });
    expect(process.cpuUsage(start).user / 1000).to.be.lessThan(50);
  });
});
