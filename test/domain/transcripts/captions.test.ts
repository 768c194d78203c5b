// Are captions readable, safe, and true to the words?
import { expect } from 'chai';
import * as fc from 'fast-check';
import { plainText } from '../../../domain/transcript.ts';
import type { Transcript } from '../../../domain/transcript.ts';
import { captionsVtt } from '../../../domain/transcripts/captions.ts';
import { readTranscript } from '../../../domain/transcripts/read-transcript.ts';
import { said } from '../text-metrics/said.ts';

const blocksOf = (vtt: string): string[][] =>
  vtt
    .split('\n\n')
    .slice(1)
    .map((block) => block.trimEnd().split('\n'));
const shown = (line: string): string => line.replaceAll(/<[\d:.]+>/g, '');
const at = (clock: string): number => clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

const again = (transcript: Transcript): Transcript =>
  readTranscript({ text: captionsVtt(transcript), language: 'en' });

describe('captions', () => {
  const long = said(
    'We measured every single test of the build and found that the database setup was far too slow. '.repeat(
      20,
    ),
  );

  it('have at most two lines of 42 characters and last at most 7 s', () => {
    for (const [timing = '', ...lines] of blocksOf(captionsVtt(long))) {
      const [from = '', to = ''] = timing.split(' --> ');
      expect(at(to) - at(from)).to.be.within(0.001, 7);
      expect(lines.length).to.be.within(1, 2);
      for (const line of lines) expect(shown(line).length, line).to.be.at.most(42);
    }
  });

  it('end at the end of a sentence and at a pause', () => {
    const transcript = said('Yes. We did it');
    const [, , third, ...rest] = transcript.words;
    const later = [third, ...rest].map((word) => ({
      text: word?.text ?? '',
      startSeconds: (word?.startSeconds ?? 0) + 2,
      endSeconds: (word?.endSeconds ?? 0) + 2,
    }));
    const vtt = captionsVtt({ ...transcript, words: [...transcript.words.slice(0, 2), ...later] });
    expect(blocksOf(vtt).map(([, text = '']) => shown(text))).to.deep.equal(['Yes.', 'We', 'did it']);
  });

  it('escape all markup', () => {
    const vtt = captionsVtt(said('<script>alert(1)</script> & --> <b>'));
    expect(vtt).not.to.match(/<(?![\d:.]+>)/);
    expect(vtt.split('\n').filter((line) => line.includes('-->'))).to.have.length(1);
  });

  it('carry word times only where the transcript has them', () => {
    expect(captionsVtt(said('we did it'))).to.include('<00:00:00.500>did');
    expect(captionsVtt({ ...said('we did it'), timing: 'cue' })).not.to.include('<');
  });

  it('of no words are an empty file', () => {
    expect(captionsVtt(said(''))).to.equal('WEBVTT\nLanguage: en-US\n');
  });

  it('keep every word when they are read again', () => {
    const words = fc.array(
      fc.record({
        text: fc.oneof(
          fc.string({ minLength: 1 }),
          fc.constantFrom('a<b', '&amp;', 'x-->y', 'end.', 'W'.repeat(60)),
        ),
        startSeconds: fc.double({ min: 0, max: 3000, noNaN: true }),
        endSeconds: fc.double({ min: 0, max: 3000, noNaN: true }),
      }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(words, (list) => {
        const first = readTranscript({ text: JSON.stringify({ words: list }), language: 'en' });
        fc.pre(first.words.length > 0);
        expect(plainText(again(first).words)).to.equal(plainText(first.words));
      }),
      { numRuns: 300 },
    );
  });
});
