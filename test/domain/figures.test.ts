// Does a figure carry its unit, its standing and its weightiest evidence?
import { expect } from 'chai';
import { InternalError } from '../../domain/errors.ts';
import { figureSchema } from '../../domain/figure.ts';
import { knownFigure, missingFigure } from '../../domain/figures.ts';
import { formulaNames, formulas } from '../../domain/formulas.ts';
import { standingOf } from '../../domain/standing.ts';

const span = (startSeconds: number, endSeconds: number) => ({ startSeconds, endSeconds });

describe('figures', () => {
  it('carries unit, formula and standing from the catalogue', () => {
    expect(knownFigure('facePresence', 0.89951, 'vision', [span(1.00049, 2)])).to.deep.equal({
      value: 0.9,
      unit: 'ratio',
      formula: 'facePresence',
      provenance: 'vision',
      standing: 'within',
      evidence: [span(1, 2)],
    });
  });

  it('keeps the words of the evidence', () => {
    const { evidence } = {
      evidence: [],
      ...knownFigure('repeats', 1, 'transcript', [{ ...span(1, 2), text: 'the' }]),
    };
    expect(evidence).to.deep.equal([{ ...span(1, 2), text: 'the' }]);
  });

  it('keeps the 100 longest of 150 pieces of evidence, in order of time', () => {
    const pieces = Array.from({ length: 150 }, (_, index) => span(index * 10, index * 10 + 1 + (index % 3)));
    const { evidence } = { evidence: [], ...knownFigure('darkTime', 300, 'ffmpeg', pieces) };
    expect(evidence).to.have.length(100);
    expect(evidence.filter(({ startSeconds, endSeconds }) => endSeconds - startSeconds > 1)).to.have.length(
      100,
    );
    expect(evidence).to.deep.equal(evidence.toSorted((a, b) => a.startSeconds - b.startSeconds));
  });

  it('refuses a value that is no number', () => {
    expect(() => knownFigure('blur', Number.NaN, 'ffmpeg', [])).to.throw(InternalError, 'blur');
  });

  it('is null with a reason when nothing was found (A64)', () => {
    const figure = missingFigure('speechRate', 'transcript', 'there is no transcript');
    expect(figure).to.include({ value: null, reason: 'there is no transcript', unit: 'words/min' });
    expect(figureSchema.parse(figure)).to.deep.equal(figure);
  });

  for (const [name, value, standing] of [
    ['speechRate', 129.9, 'below'],
    ['speechRate', 130, 'within'],
    ['speechRate', 160, 'within'],
    ['speechRate', 160.1, 'above'],
    ['attention', 0.69, 'below'],
    ['attention', 1, 'within'],
    ['darkTime', 0, 'within'],
    ['darkTime', 0.5, 'above'],
    ['blur', 7, null],
  ] as const) {
    it(`stands ${standing ?? 'nowhere'} with ${name} ${value}`, () => {
      expect(standingOf(name, value)).to.equal(standing);
    });
  }

  it('has a band that is not upside down for every formula', () => {
    for (const name of formulaNames) {
      const { band } = formulas[name];
      if (band) expect(band.from ?? -Infinity, name).to.be.below(band.to ?? Infinity);
    }
  });
});
