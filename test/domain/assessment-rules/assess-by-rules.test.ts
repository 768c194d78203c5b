// Do the local rules say only what the words and figures show?
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { assessByRules } from '../../../domain/assessment-rules/assess-by-rules.ts';
import { checkAssessment } from '../../../domain/assessment-rules/check-assessment.ts';
import type { Figures } from '../../../domain/assessment-rules/figure-points.ts';
import { assessmentSchema } from '../../../domain/assessment.ts';
import type { Assessment } from '../../../domain/assessment.ts';
import { knownFigure, missingFigure } from '../../../domain/figures.ts';
import { formulaNames } from '../../../domain/formulas.ts';
import { textFigures } from '../../../domain/text-metrics/text-figures.ts';
import type { Transcript } from '../../../domain/transcript.ts';
import { readTranscript } from '../../../domain/transcripts/read-transcript.ts';
import { said } from '../text-metrics/said.ts';

function judged(transcript: Transcript, figures: Figures = {}, question: string | null = null): Assessment {
  const verdict = assessByRules({ question, transcript, figures });
  if ('reason' in verdict) throw new Error(verdict.reason);
  return assessmentSchema.parse(verdict.assessment);
}
const textsOf = (part: Assessment['star']['task']): (string | undefined)[] => part.map((piece) => piece.text);
const filling =
  'with many other words that say nothing about the parts of an answer and go on and on until the very end';

describe('the local rules', () => {
  const sample = readTranscript({
    text: readFileSync(new URL('../../../samples/interview.vtt', import.meta.url), 'utf8'),
    language: 'en-US',
  });
  const figures = textFigures({ transcript: sample, reason: null, audio: null });

  it('find the four parts of the sample with the words that show them (A85)', () => {
    const { star, structureScore, provenance, summary } = judged(sample, figures);
    expect(textsOf(star.situation)).to.deep.equal(['at my last company']);
    expect(textsOf(star.task)).to.deep.equal(['My task was']);
    expect(textsOf(star.action)).to.deep.equal(['I measured', 'I found', 'I rewrote', 'I ran']);
    expect(textsOf(star.result)).to.deep.equal(['As a result', 'went from', 'that taught me']);
    expect(star.task[0]).to.include({ startSeconds: 8.771, endSeconds: 9.532 });
    expect({ structureScore, provenance }).to.deep.equal({ structureScore: 100, provenance: 'local-rules' });
    expect(summary).to.match(/^Fixed rules find 4 of the 4 parts of a STAR answer/);
  });

  it('put the actual number into each statement about a figure', () => {
    const { strengths, weaknesses } = judged(sample, figures);
    expect(weaknesses[0]).to.include({ figure: 'fillersPer100Words' });
    expect(weaknesses[0]?.statement).to.include('5.2 fillers per 100 words');
    for (const { statement } of [...strengths, ...weaknesses]) expect(statement).to.match(/\d/);
  });

  it('quote only what was said, twice the same', () => {
    const assessment = judged(sample, figures);
    expect(checkAssessment(assessment, sample)).to.deep.equal([]);
    expect(judged(sample, figures)).to.deep.equal(assessment);
  });

  it('list every occurrence of a word to avoid, with a reason (A85)', () => {
    const { wordsToAvoid } = judged(
      said(`Umm, obviously we had stuff, um, and stuff that always broke, maybe, ${filling}.`),
    );
    const counts = wordsToAvoid.map((word) => [word.text, word.evidence.length]);
    expect(counts).to.deep.equal([
      ['stuff', 2],
      ['umm', 2],
      ['always', 1],
      ['maybe', 1],
      ['obviously', 1],
    ]);
  });

  it('name the parts that are missing, and show where they would stand', () => {
    const { weaknesses, structureScore, star } = judged(said(`At my last job I built a tool ${filling}.`));
    expect(structureScore).to.equal(50);
    expect(star.result).to.deep.equal([]);
    expect(weaknesses[0]?.statement).to.include('2 of the 4 parts').and.include('missing: task and result');
    expect(weaknesses[0]?.evidence[0]?.text).to.match(/^At my last job/);
  });

  it('do not ask for a story where the question asks for none', () => {
    const { weaknesses } = judged(said(filling), {}, 'Why do you want to work here?');
    expect(weaknesses).to.deep.equal([]);
  });

  it('make no point of a figure that is missing or has no band (A64)', () => {
    const missing: Figures = Object.fromEntries(
      formulaNames.map((name) => [name, missingFigure(name, 'ffmpeg', 'none')]),
    );
    const answer = said(`At my last job my task was hard. I built it. As a result ${filling}.`);
    expect(judged(answer, missing).strengths.map((point) => point.figure)).to.deep.equal([null]);
    expect(judged(answer, missing).weaknesses).to.deep.equal([]);
    const noBand = { blur: knownFigure('blur', 9, 'ffmpeg', []) };
    expect(judged(answer, noBand).weaknesses).to.deep.equal([]);
  });

  for (const [what, values, told] of [
    [
      'the furthest from its band first',
      { loudness: -28, hedgesPer100Words: 9, attention: 0.1 },
      ['attention', 'hedgesPer100Words', 'loudness'],
    ],
    [
      'at most two of a group',
      { speechRate: 230, fillersPer100Words: 9, hedgesPer100Words: 9, attention: 0.5 },
      ['speechRate', 'fillersPer100Words', 'attention'],
    ],
    ['one of a topic', { articulationRate: 9, speechRate: 230 }, ['speechRate']],
    ['at most three', { speechRate: 230, fillersPer100Words: 9, attention: 0, framing: 0, peak: 0 }, 3],
  ] as const)
    it(`tell ${what}`, () => {
      const bad: Figures = Object.fromEntries(
        formulaNames.flatMap((name) => {
          const value = Object.entries(values).find(([key]) => key === name)?.[1];
          return typeof value === 'number' ? [[name, knownFigure(name, value, 'ffmpeg', [])]] : [];
        }),
      );
      const { weaknesses } = judged(said(filling), bad, 'Why us?');
      if (typeof told === 'number') expect(weaknesses).to.have.length(told);
      else expect(weaknesses.map((point) => point.figure)).to.deep.equal(told);
    });

  it('know Portuguese', () => {
    const answer = said(
      'Na minha última empresa o build falhava. Minha tarefa era deixar tudo verde. Eu medi cada teste e reescrevi o banco. Como resultado o tempo caiu de quarenta para seis minutos.',
      'pt-BR',
    );
    const { star, structureScore } = judged(answer);
    expect(structureScore).to.equal(100);
    expect(textsOf(star.task)).to.deep.equal(['Minha tarefa era']);
    expect(textsOf(star.action)).to.include('Eu medi');
  });

  for (const [what, transcript, reason] of [
    ['without a transcript', null, 'without a transcript'],
    ['in French', said(filling, 'fr-FR'), 'fr-FR'],
    ['of a few words', said('I built it'), '3 words'],
  ] as const)
    it(`do not judge an answer ${what}, and say why`, () => {
      const verdict = assessByRules({ question: null, transcript, figures: {} });
      expect(verdict).to.have.property('reason').that.includes(reason);
    });
});

const withQuotes = (...quotes: string[]): Assessment => ({
  ...judged(said(filling)),
  wordsToAvoid: [],
  weaknesses: [],
  strengths: quotes.map((text) => ({
    statement: 's',
    figure: null,
    evidence: [{ startSeconds: 0, endSeconds: 1, text }],
  })),
});

describe('the check of quotes', () => {
  const transcript = said('Well, I MEASURED every test; it went from forty to six.');

  it('passes quotes whatever their case, marks and spaces', () => {
    expect(checkAssessment(withQuotes('i measured  every test', '“It went from”'), transcript)).to.deep.equal(
      [],
    );
  });

  it('names each false quote once', () => {
    const quotes = ['I rewrote it', 'every tes', '…', 'I rewrote it'];
    expect(checkAssessment(withQuotes(...quotes), transcript)).to.deep.equal([
      'I rewrote it',
      'every tes',
      '…',
    ]);
  });

  it('finds no quote in an empty transcript', () => {
    expect(checkAssessment(withQuotes('…'), said(''))).to.deep.equal(['…']);
  });

  it('looks at the parts of the answer and at the words to avoid too', () => {
    const assessment = withQuotes();
    const evidence = [{ startSeconds: 0, endSeconds: 1, text: 'never said' }];
    const invented = {
      ...assessment,
      star: { ...assessment.star, task: evidence },
      wordsToAvoid: [{ text: 'stuff', reason: 'r', evidence: [{ startSeconds: 0, endSeconds: 1 }] }],
    };
    expect(checkAssessment(invented, transcript)).to.deep.equal(['stuff', 'never said']);
  });
});
