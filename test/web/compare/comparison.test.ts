// Does a comparison say which attempt is nearer to what is usual, and nothing where nothing is usual?
import { expect } from 'chai';
import type { Figure } from '../../../domain/figure.ts';
import { knownFigure, missingFigure } from '../../../domain/figures.ts';
import { formulaNames, type FormulaName } from '../../../domain/formulas.ts';
import type { Report } from '../../../domain/report.ts';
import { compareFigures, distanceFrom } from '../../../web/src/pages/compare/comparison.ts';
import { fixtureReport } from '../../fixtures/report.ts';

const figureOf = (name: FormulaName, value: number | null): Figure =>
  value === null ? missingFigure(name, 'ffmpeg', 'not known') : knownFigure(name, value, 'ffmpeg', []);

const compared = (name: FormulaName, left: number | null, right: number | null) => {
  const report = (value: number | null): Report => ({
    ...fixtureReport,
    figures: { ...fixtureReport.figures, [name]: figureOf(name, value) },
  });
  return compareFigures(report(left), report(right)).find((row) => row.name === name);
};

describe('comparison of two attempts', () => {
  it('has a row for every figure, in the order of the catalogue', () => {
    const rows = compareFigures(fixtureReport, fixtureReport);
    expect(rows.map(({ name }) => name)).to.deep.equal(formulaNames);
    expect(rows.every(({ difference }) => difference === 0 || difference === null)).to.equal(true);
  });

  for (const [what, name, left, right, difference, better] of [
    ['the one within the band', 'speechRate', 110, 140, 30, 'right'],
    ['the one less far above it', 'fillersPer100Words', 6, 9, 3, 'left'],
    ['the one less far below it', 'facePresence', 0.5, 0.7, 0.2, 'right'],
    ['neither when both are usual', 'speechRate', 131, 159, 28, 'same'],
    ['neither when both are equally far', 'speechRate', 120, 170, 50, 'same'],
    ['nothing without a usual range', 'wordCount', 80, 120, 40, null],
    ['nothing when one is not known', 'loudness', null, -20, null, null],
  ] as const) {
    it(`prefers ${what}`, () => {
      expect(compared(name, left, right)).to.include({ difference, better });
    });
  }

  it('measures from the nearest end of the band', () => {
    const band = { from: -27, to: -14, source: '' };
    expect([-30, -20, -10].map((value) => distanceFrom(band, value))).to.deep.equal([3, 0, 4]);
  });
});
