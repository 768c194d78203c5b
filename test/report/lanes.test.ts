// Do the rows of the time line say what the report says?
import { expect } from 'chai';
import { curvePath } from '../../report/curve.ts';
import { laneOfFigure, lanesOf } from '../../report/lanes.ts';
import { english } from '../../report/language.ts';
import { isLow } from '../../report/marks.ts';
import { markWords } from '../../report/paragraphs.ts';
import { portuguese } from '../../report/portuguese.ts';
import { sheetOf, tileAt } from '../../report/storyboard.ts';
import { longReport } from '../fixtures/long-report.ts';
import { fixtureReport, soundOnlyReport } from '../fixtures/report.ts';

const laneOf = (id: string, report = fixtureReport, language = english) => {
  const lane = lanesOf(report, language).find((one) => one.id === id);
  if (!lane) throw new Error(`There is no row ${id}.`);
  return lane;
};

describe('rows of the time line', () => {
  it('stand from top to bottom as seen, heard and said', () => {
    expect(lanesOf(fixtureReport, english).map(({ id }) => id)).to.deep.equal(
      'face attention light frozen loudness silences fillers hedges repeats'.split(' '),
    );
  });

  it('show a badly lit face beside a dark picture', () => {
    const { faceLight } = fixtureReport.figures;
    if (faceLight.value === null) expect.fail('the fixture knows the light');
    const evidence = [{ startSeconds: 3, endSeconds: 6 }];
    const report = {
      ...fixtureReport,
      figures: { ...fixtureReport.figures, faceLight: { ...faceLight, evidence } },
    };
    expect(laneOf('light', report).marks.map(({ kind }) => kind)).to.deep.equal(['badLight', 'dark']);
  });

  it('draw as a low bar what is absent or usual', () => {
    const marks = lanesOf(fixtureReport, english).flatMap((lane) => lane.marks);
    const low = new Set(marks.filter(isLow).map(({ kind }) => kind));
    expect([...low]).to.have.members(['noFace', 'silence']);
  });

  it('tell a long pause from a silence', () => {
    const kinds = laneOf('silences').marks.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'longPause')).to.have.lengthOf(1);
  });

  it('say why a row is empty, in the language of the page', () => {
    expect(laneOf('face', soundOnlyReport).note).to.deep.equal({
      text: 'the recording has no picture',
      lang: null,
    });
    expect(laneOf('fillers', soundOnlyReport, portuguese).note).to.deep.equal({
      text: 'não há transcrição',
      lang: null,
    });
  });

  it('give the moments of any figure a row of its own', () => {
    const lane = laneOfFigure(fixtureReport.figures.longPauses, portuguese);
    expect(lane).to.include({ id: 'chosen', label: 'Pausas longas', note: null });
    expect(lane.marks[0]?.label).to.equal('Momento 0:12 · 2,4 s');
  });

  it('draw no line where no face was seen', () => {
    const curves = laneOf('attention').curves.filter(({ name }) => name === 'yaw');
    expect(curves).to.have.lengthOf(3);
    const curve = {
      name: 'yaw',
      points: [
        { atSeconds: 0, height: 0.5 },
        { atSeconds: 5, height: 1 },
      ],
    } as const;
    expect(curvePath(curve, 10)).to.equal('M0,50 L500,0');
  });

  it('find the picture of a moment on the sheet, and the first or last one beyond the ends', () => {
    const { storyboard } = fixtureReport;
    if (!storyboard) expect.fail('the fixture has a storyboard');
    expect(tileAt(13.3, storyboard)).to.deep.equal({ x: 960, y: 0, width: 160, height: 90 });
    expect(tileAt(-1, storyboard)).to.include({ x: 0, y: 0 });
    expect(tileAt(999, storyboard)).to.include({ x: 8 * 160, y: 90 });
    expect(sheetOf(storyboard)).to.deep.equal({ width: 1600, height: 180 });
  });
});

describe('words of a transcript', () => {
  it('are each there once, in their place', () => {
    const { transcript, figures } = longReport;
    if (!transcript) expect.fail('the fixture has words');
    const words = markWords(transcript, figures);
    expect(words.map(({ index }) => index)).to.deep.equal(transcript.words.map((_, index) => index));
  });

  it('are marked as the figure says, and beyond its hundred moments by the same rules', () => {
    const { transcript, figures } = longReport;
    const filler = figures.fillersPer100Words;
    if (!transcript || filler.value === null) expect.fail('the fixture has fillers');
    const words = markWords(transcript, figures);
    const ums = words.filter(({ text }) => text === 'Um,');
    expect(filler.evidence).to.have.lengthOf(100);
    expect(ums.length).to.be.greaterThan(40);
    expect(ums.every(({ kind }) => kind === 'filler')).to.equal(true);
    expect(words.filter(({ text, kind }) => text === 'build' && kind !== null)).to.deep.equal([]);
  });
});
