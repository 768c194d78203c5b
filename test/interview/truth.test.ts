// Does the report say of the bundled sample what is known to be in it?
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { syllable } from 'syllable';
import { z } from 'zod';
import type { Figure } from '../../domain/figure.ts';
import type { FormulaName } from '../../domain/formulas.ts';
import type { Report } from '../../domain/report.ts';
import { lengthSeconds, spanSchema, totalSeconds, type Span } from '../../domain/span.ts';
import { comparable, greenroom, makeFolder, readReport, run, type Said } from './support/command-line.ts';
import { bundledSample, speakingClip } from './support/recordings.ts';

const spokenSchema = spanSchema.extend({ word: z.string() });
const truthSchema = z.object({
  question: z.string(),
  durationSeconds: z.number(),
  frameCount: z.number(),
  picture: z.object({
    facePresent: z.array(spanSchema),
    faceAbsent: z.array(spanSchema),
    dark: z.array(spanSchema),
    offCentre: z.array(spanSchema),
    faceBoxes: z.array(
      z.object({
        atSeconds: z.number(),
        left: z.number(),
        top: z.number(),
        width: z.number(),
        height: z.number(),
      }),
    ),
  }),
  speech: z.object({
    wordCount: z.number(),
    speechRateWordsPerMinute: z.number(),
    fillersPerMinute: z.number(),
    pauses: z.array(spanSchema),
    longPauses: z.array(spanSchema),
    fillers: z.array(spokenSchema),
    hedges: z.array(spokenSchema),
    repeats: z.array(spokenSchema),
    phrases: z.array(spanSchema.extend({ text: z.string() })),
    words: z.array(spanSchema.extend({ text: z.string() })),
  }),
});

/**
 * How far a figure may lie from the truth, in seconds. Faces are looked for every half second, the light every quarter.
 * The silence detector hears the end of a word that fades ("month") up to 0.2 s early.
 */
const tolerance = { face: 0.5, dark: 0.3, pause: 0.15, fadingWord: 0.2, word: 0.01 } as const;

type Known = Extract<Figure, { value: number }>;

function sameSpans(found: readonly Span[], expected: readonly Span[], toleranceSeconds: number): void {
  const shown = JSON.stringify(found);
  expect(found, shown).to.have.length(expected.length);
  for (const [index, span] of expected.entries()) {
    expect(found[index]?.startSeconds, shown).to.be.closeTo(span.startSeconds, toleranceSeconds);
    expect(found[index]?.endSeconds, shown).to.be.closeTo(span.endSeconds, toleranceSeconds);
  }
}

describe('the report on the bundled sample', function () {
  this.timeout(120_000);
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  let truth: z.infer<typeof truthSchema>;
  let report: Report;
  let said: Said;
  before(async () => {
    folder = await makeFolder('truth');
    truth = truthSchema.parse(JSON.parse(await readFile(bundledSample.truth, 'utf8')));
    said = await run(greenroom, ['demo', '--out', join(folder.path, 'demo')]);
    expect(said.code, said.stderr).to.equal(0);
    report = await readReport(join(folder.path, 'demo'));
  });
  after(() => folder.remove());

  function figure(name: FormulaName): Known {
    const found = report.figures[name];
    if (found?.value === undefined || found.value === null) throw new Error(`${name} has no value`);
    return found;
  }
  const texts = (name: FormulaName): string[] =>
    figure(name).evidence.map(({ text }) => (text ?? '').toLowerCase().replaceAll(/[,.]/g, ''));

  function sameWords(name: FormulaName, expected: readonly z.infer<typeof spokenSchema>[]): void {
    expect(texts(name)).to.deep.equal(expected.map(({ word }) => word));
    sameSpans(figure(name).evidence, expected, tolerance.word);
  }

  it('is printed by the demo, which says where the page and the video are', async () => {
    expect(said.stdout.replaceAll(/\s+/g, ' ')).to.include(truth.question);
    for (const name of ['report.html', 'playback.mp4']) {
      expect(said.stdout).to.include(join('demo', name));
      expect((await stat(join(folder.path, 'demo', name))).size).to.be.greaterThan(100_000);
    }
  });

  it('is whole and keeps every frame', () => {
    expect([report.status, report.problems]).to.deep.equal(['SUCCEEDED', []]);
    expect(report.recording.video?.frameCount).to.equal(truth.frameCount);
    expect(report.playback).to.include({ method: 'transcode', frameCount: truth.frameCount });
    expect(report.playback?.durationSeconds).to.be.closeTo(truth.durationSeconds, 0.2);
  });

  it('sees when there is no face (A13, A67)', () => {
    const { faceAbsent } = truth.picture;
    sameSpans(figure('facePresence').evidence, faceAbsent, tolerance.face);
    const share = 1 - totalSeconds(faceAbsent) / truth.durationSeconds;
    expect(figure('facePresence').value).to.be.closeTo(share, tolerance.face / truth.durationSeconds + 0.005);
    expect(figure('peopleAtOnce').value).to.equal(1);
  });

  it('sees the face where it is, in every frame in which it is whole', () => {
    const samples = new Map(
      report.measurements.vision?.samples.map(({ atSeconds, faces }) => [atSeconds, faces]),
    );
    expect(truth.picture.faceBoxes.length).to.be.greaterThan(50);
    for (const box of truth.picture.faceBoxes) {
      const [face, ...others] = samples.get(box.atSeconds) ?? [];
      expect(others).to.have.length(0);
      const [left, top, width, height] = face?.box ?? [NaN, NaN, NaN, NaN];
      const place = `at ${String(box.atSeconds)} s`;
      // The person walks a fifth of the picture in the half second around these two.
      const moves = [11.5, 20, 25].includes(box.atSeconds) ? 0.06 : 0.02;
      expect(left + width / 2, place).to.be.closeTo(box.left + box.width / 2, moves);
      expect(top + height / 2, place).to.be.closeTo(box.top + box.height / 2, 0.04);
    }
  });

  it('sees when it is dark', () => {
    sameSpans(figure('darkTime').evidence, truth.picture.dark, tolerance.dark);
    expect(figure('darkTime').value).to.be.closeTo(totalSeconds(truth.picture.dark), tolerance.dark);
  });

  it('sees when the face is out of the middle, and that it looks at the camera (A13)', () => {
    const planned = truth.picture.offCentre.filter((span) => lengthSeconds(span) >= 0.5);
    sameSpans(figure('framing').evidence, planned, tolerance.face);
    const share = 1 - totalSeconds(planned) / totalSeconds(truth.picture.facePresent);
    expect(figure('framing').value).to.be.closeTo(share, 0.03);
    expect(figure('attention').value).to.be.at.least(0.95);
  });

  it('hears every pause and the long one', () => {
    const { pauses, longPauses } = truth.speech;
    const found = figure('pauses').evidence;
    expect(found).to.have.length(pauses.length);
    for (const [index, { startSeconds, endSeconds }] of pauses.entries()) {
      const before = truth.speech.words.findLast((word) => word.endSeconds <= startSeconds + 0.001);
      const fades = before?.text === 'month.';
      const start = fades ? tolerance.fadingWord : tolerance.pause;
      expect(found[index]?.startSeconds, before?.text).to.be.closeTo(startSeconds, start);
      expect(found[index]?.endSeconds).to.be.closeTo(endSeconds, tolerance.pause);
    }
    expect(figure('pauses').value).to.equal(pauses.length);
    expect(figure('longPauses').value).to.equal(1);
    sameSpans(figure('longPauses').evidence, longPauses, tolerance.fadingWord);
  });

  it('counts the words and their rate', () => {
    expect(figure('wordCount').value).to.equal(truth.speech.wordCount);
    const rate = truth.speech.speechRateWordsPerMinute;
    expect(figure('speechRate').value).to.be.closeTo(rate, rate * 0.01);
  });

  it('names every filler, hedge and repeat with its time, and no other', () => {
    sameWords('fillersPerMinute', truth.speech.fillers);
    sameWords('fillersPer100Words', truth.speech.fillers);
    sameWords('hedgesPer100Words', truth.speech.hedges);
    sameWords('repeats', truth.speech.repeats);
    const { fillersPerMinute, fillers, hedges, wordCount } = truth.speech;
    expect(figure('fillersPerMinute').value).to.be.closeTo(fillersPerMinute, 0.05);
    expect(figure('fillersPer100Words').value).to.be.closeTo((fillers.length / wordCount) * 100, 0.01);
    expect(figure('hedgesPer100Words').value).to.be.closeTo((hedges.length / wordCount) * 100, 0.01);
    expect(figure('repeats').value).to.equal(1);
  });

  it('hears the syllables to a tenth, by ear alone', () => {
    const syllables = truth.speech.words.reduce((sum, { text }) => sum + syllable(text), 0);
    const rate = syllables / totalSeconds(truth.speech.phrases);
    expect(figure('syllableRate')).to.include({ provenance: 'audio-only' });
    expect(figure('syllableRate').value).to.be.closeTo(rate, rate * 0.1);
    const heard = report.measurements.audio?.syllablesAtSeconds.length;
    expect(heard).to.be.closeTo(syllables, syllables * 0.1);
  });

  it('finds the four parts of the answer and says that fixed rules did', () => {
    const { assessment } = report;
    expect(assessment?.provenance).to.equal('local-rules');
    const { situation = [], task = [], action = [], result = [] } = assessment?.star ?? {};
    for (const part of [situation, task, action, result]) expect(part).not.to.deep.equal([]);
  });

  it('invents nothing: every figure has evidence or a reason (A64, A66)', () => {
    for (const found of Object.values(report.figures)) {
      if (found.value === null) expect(found.reason, found.formula).to.match(/\w+ \w+/);
      else expect(Number.isFinite(found.value), found.formula).to.equal(true);
    }
    expect(report.figures.objects).to.include({ value: null });
    expect(figure('attention').value).not.to.equal(0.85);
  });

  it('is the same in a second run but for time and id', async () => {
    const file = await speakingClip(folder.path);
    const twice = ['first', 'second'].map(async (name) => {
      const { code, stderr } = await run(greenroom, ['analyze', file, '--out', join(folder.path, name)]);
      expect(code, stderr).to.equal(0);
      return readReport(join(folder.path, name));
    });
    const [first, second] = await Promise.all(twice);
    if (!first || !second) throw new Error('two runs give two reports');
    expect(first.recordId).not.to.equal(second.recordId);
    expect(comparable(first)).to.deep.equal(comparable(second));
  });
});
