// Does the report in the terminal say what the report says, in words and in bounds?
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import { renderReportText } from '../../cli/report-text.ts';
import type { Figure } from '../../domain/figure.ts';
import { formulaNames, formulas } from '../../domain/formulas.ts';
import type { Report } from '../../domain/report.ts';
import { fixtureReport, labelledReport, soundOnlyReport } from '../fixtures/report.ts';

const wide = { width: 110, colour: false };
const text = renderReportText(fixtureReport, wide);
const lineOf = (report: string, title: string): string =>
  report.split('\n').find((line) => line.startsWith(`  ${title} `)) ?? '';

describe('report in the terminal', () => {
  it('shows every figure of the catalogue by its title', () => {
    for (const name of formulaNames) expect(lineOf(text, formulas[name].title), name).to.not.equal('');
  });

  it('says value, standing, usual range and moments of a figure in one line', () => {
    expect(lineOf(text, 'Dark picture').replaceAll(/ +/g, ' ').trim()).to.equal(
      'Dark picture 3.2 s Above usual usual: none · 0:28–0:31',
    );
  });

  it('aligns the standing of all figures', () => {
    const columns = text
      .split('\n')
      .filter((line) => line.startsWith('  ') && /(Below usual|Above usual|No usual range)/.test(line))
      .map((line) => line.search(/(Below usual|Above usual|No usual range)/));
    expect(columns.length).to.be.greaterThan(5);
    expect(new Set(columns)).to.have.lengthOf(1);
  });

  it('shows a dash and the reason for what is not known, and no number (A64)', () => {
    const line = lineOf(text, 'Objects').replaceAll(/ +/g, ' ').trim();
    expect(line).to.equal('Objects — no object detector is configured');
    const partial = renderReportText(soundOnlyReport, wide);
    expect(lineOf(partial, 'Face in the picture')).to.match(/— the recording has no picture$/);
  });

  it('names each thing in the picture once, where it was seen first (A67)', () => {
    const line = lineOf(renderReportText(labelledReport, wide), 'Objects').replaceAll(/ +/g, ' ').trim();
    expect(line).to.equal('Objects 2 kinds No usual range Plant 0:00–0:38, Cup 0:05–0:10');
  });

  it('shows summary, STAR parts with their words, strong and weak points and words to avoid (A85)', () => {
    expect(text).to.include('The answer has a clear situation, task and result.');
    expect(text).to.include('Made by local rules, not by a person or a model.');
    expect(text).to.match(/✓ Action +“i measured” 0:17, “i rewrote” 0:27/);
    expect(text).to.match(/Strong points\n {2}1\. All four parts[^]*3\. Your sentences are short\./);
    expect(text).to.match(/Points to work on\n {2}1\. Fillers[^]*3\. One pause is long\./);
    expect(text).to.match(/Words to avoid\n {2}“you know” 1 time \(0:05\)/);
  });

  it('says what is missing and why', () => {
    const partial = renderReportText(soundOnlyReport, wide);
    expect(partial).to.include('Partly analysed');
    expect(partial).to.include('! The recording has no picture, so only its sound was analysed. (NO_VIDEO)');
    expect(partial).to.include('There is no transcript. No speech recogniser is configured');
    expect(partial).to.include('There is no assessment. An assessment needs a transcript.');
  });

  for (const width of [1, 40, 60, 80, 110, 500]) {
    it(`keeps every line within the terminal at ${width} columns`, () => {
      const limit = Math.min(110, Math.max(40, width));
      const lines = renderReportText(labelledReport, { width, colour: false }).split('\n');
      // Figures with their aligned columns take 78 columns at least.
      const tooLong = lines.filter((line) => Array.from(line).length > Math.max(limit, 84));
      expect(tooLong).to.deep.equal([]);
    });
  }

  it('says the same with and without colour', () => {
    const coloured = renderReportText(fixtureReport, { width: 110, colour: true });
    expect(coloured).to.include('\u001b[33mAbove usual');
    expect(stripVTControlCharacters(coloured)).to.equal(text);
    expect(text).to.not.include('\u001b');
  });

  it('lets no control character of the report reach the terminal', () => {
    const hostile = '\u001b[2Jwiped\u0007 \u009b31m\u202Eabc\u0000\r\nnext';
    const report: Report = {
      ...labelledReport,
      figures: {
        ...fixtureReport.figures,
        objects: {
          ...labelledReport.figures.objects,
          evidence: [{ startSeconds: 0, endSeconds: 1, text: hostile }],
        } as Figure,
      },
      question: hostile,
      problems: [{ code: 'BUG', message: hostile }],
      transcript: null,
      transcriptReason: hostile,
    };
    const shown = renderReportText(report, wide);
    // oxlint-disable-next-line no-control-regex
    expect(shown).to.not.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(shown.split('\n')[0]).to.equal('[2Jwiped 31mabc next');
  });
});
