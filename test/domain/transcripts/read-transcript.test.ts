// Does every kind of transcript file become words in order, or one clear error?
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { plainText, transcriptSchema } from '../../../domain/transcript.ts';
import type { Transcript, Word } from '../../../domain/transcript.ts';
import { readTranscript } from '../../../domain/transcripts/read-transcript.ts';
import { TranscriptUnreadable } from '../../../domain/transcripts/transcript-unreadable.ts';

const read = (text: string, language: string | null = 'en'): Transcript => readTranscript({ text, language });
const cue = (text: string, times = '00:01.000 --> 00:03.000'): string => `WEBVTT\n\n${times}\n${text}\n`;
const texts = (transcript: Transcript): string => plainText(transcript.words);
const times = ({ words }: Transcript): number[][] =>
  words.map((word) => [word.startSeconds, word.endSeconds]);

function refused(text: string): TranscriptUnreadable {
  try {
    read(text);
  } catch (error) {
    if (error instanceof TranscriptUnreadable) return error;
    throw error;
  }
  throw new Error('The text was read.');
}

const sample = (name: string): string =>
  readFileSync(new URL(`../../../samples/${name}`, import.meta.url), 'utf8');

describe('WebVTT', () => {
  it('reads the sample exactly as its truth says', () => {
    const transcript = readTranscript({ text: sample('interview.vtt'), language: null });
    expect(transcript.words).to.deep.equal(JSON.parse(sample('interview.truth.json')).speech.words);
    expect(transcript).to.include({ language: 'en', timing: 'word', source: 'file:vtt' });
  });

  it('spreads words over their cue by syllables', () => {
    const transcript = read(cue('we measured everything'));
    expect(transcript.timing).to.equal('cue');
    expect(times(transcript)).to.deep.equal([
      [1, 1.286],
      [1.286, 1.857],
      [1.857, 3],
    ]);
  });

  it('takes inline times as the starts of words', () => {
    const transcript = read(cue('we <00:01.500>did <00:00:02.250>it'));
    expect(transcript.timing).to.equal('word');
    expect(times(transcript)).to.deep.equal([
      [1, 1.5],
      [1.5, 2.25],
      [2.25, 3],
    ]);
  });

  for (const [what, text, said] of [
    ['drops tags and speakers', '<v Ann Lee><c.loud>Hi</c> <b>there</b> <i>', 'Hi there'],
    ['decodes entities once', 'a &amp;lt; b &lt;c&gt; &#233;t&#xE9; &nbsp;x', 'a &lt; b <c> été x'],
    ['keeps a bracket that nothing closes', 'if a1 < b2', 'if a1 b2'],
    ['takes unknown markup for markup', '<script>alert(1)</script>', 'alert(1)'],
    ['drops controls and bidirectional marks', 'a\u0000b \u202Ec\u2069', 'ab c'],
    ['joins lone marks to the word before', 'well , yes — no !', 'well, yes no!'],
    ['drops what recognisers write for sounds', '[Music] hello [ Silence ] [BLANK_AUDIO]', 'hello'],
  ] as const)
    it(what, () => {
      expect(texts(read(cue(text)))).to.equal(said);
    });

  it('reads a mark, CRLF, missing hours, identifiers, settings, notes and styles', () => {
    const text =
      '\ufeffWEBVTT - title\r\nLanguage: pt-br\r\n\r\nNOTE a\r\n00:09.000 --> 00:10.000\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\nid 1\r\n00:01.000 --> 00:02.000 align:start\r\nOlá\r\n';
    const transcript = readTranscript({ text, language: null });
    expect(transcript.language).to.equal('pt-BR');
    expect(texts(transcript)).to.equal('Olá');
  });

  it('sorts cues, cuts overlaps, and reads cues that start together one after the other', () => {
    const text =
      'WEBVTT\n\n00:05.000 --> 00:06.000\nlast\n\n00:01.000 --> 00:04.000\none\n\n00:02.000 --> 00:03.000\ntwo\n\n00:02.000 --> 00:04.000\nthree\n';
    expect(times(read(text))).to.deep.equal([
      [1, 2],
      [2, 3],
      [3, 4],
      [5, 6],
    ]);
  });

  it('puts a start before the recording and an end before the start right', () => {
    expect(times(read(cue('hello', '-00:01.000 --> 00:02.000')))).to.deep.equal([[0, 2]]);
    expect(times(read(cue('hello', '00:05.000 --> 00:02.000')))).to.deep.equal([[5, 5.4]]);
  });

  it('shows each line of rolling captions once', () => {
    const text =
      'WEBVTT\n\n00:01.000 --> 00:02.000\n \nso<00:01.500><c> we</c>\n\n00:02.000 --> 00:02.010\nso we\n \n\n00:02.010 --> 00:04.000\nso we\nran<00:03.000><c> it</c>\n';
    expect(texts(read(text))).to.equal('so we ran it');
  });
});

describe('SubRip', () => {
  it('reads numbers, commas, its tags and blank lines inside a caption', () => {
    const text =
      '1\r\n00:00:01,000 --> 00:00:02,000 X1:1\r\n<i>Hello</i> {\\an8}there\r\n\r\n42\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\n<script> stays text\r\n';
    expect(texts(read(text))).to.equal('Hello there 42 <script> stays text');
  });
  it('has word times when every caption is one word', () => {
    const text = '1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:02,500 --> 00:00:03,000\nyou\n';
    expect(read(text)).to.include({ timing: 'word', source: 'file:srt' });
  });
});

const token = (text: string, from: number, to: number): object => ({
  text,
  offsets: { from, to },
  p: 0.5,
});

const item = (content: string, start?: string): object => ({
  type: start === undefined ? 'punctuation' : 'pronunciation',
  ...(start === undefined ? {} : { start_time: start, end_time: String(Number(start) + 0.3) }),
  alternatives: [{ content, confidence: '0.98' }],
});

const wordAt = (text: string, startSeconds: number): object => ({
  text,
  startSeconds,
  endSeconds: startSeconds + 0.3,
});
const orderOf = (...list: readonly object[]): string => texts(read(JSON.stringify({ words: list })));

describe('JSON', () => {
  const words: Word[] = [
    { text: 'Hi,', startSeconds: 0.5, endSeconds: 1, confidence: 0.9 },
    { text: 'you', startSeconds: 1, endSeconds: 1.5 },
  ];

  it('of Greenroom comes back as it was', () => {
    const own = { language: 'en-US', source: 'file:json', timing: 'cue', words };
    expect(readTranscript({ text: JSON.stringify(own), language: null })).to.deep.equal(own);
  });

  it('of whisper.cpp gives words from tokens, and letters from the segment', () => {
    const whisper = {
      result: { language: 'pt' },
      transcription: [
        {
          offsets: { from: 0, to: 1500 },
          text: ' Eu não, sei.',
          tokens: [
            token('[_BEG_]', 0, 0),
            token(' Eu', 0, 400),
            token(' n\ufffd', 400, 600),
            token('\ufffdo', 600, 800),
            token(',', 800, 800),
            token(' sei', 900, 1400),
            token('.', 1400, 1400),
          ],
        },
        { offsets: { from: 2000, to: 3000 }, text: ' [BLANK_AUDIO]' },
      ],
    };
    const transcript = readTranscript({
      text: JSON.stringify(whisper),
      language: null,
      source: 'whisper-cli',
    });
    expect(transcript).to.deep.include({ language: 'pt', timing: 'word', source: 'whisper-cli' });
    expect(texts(transcript)).to.equal('Eu não, sei.');
    expect(transcript.words[1]).to.deep.equal({
      text: 'não,',
      startSeconds: 0.4,
      endSeconds: 0.8,
      confidence: 0.5,
    });
  });

  it('of whisper.cpp without tokens is spread over its segments', () => {
    const text = '{"transcription":[{"offsets":{"from":0,"to":2000},"text":" it was slow then"}]}';
    expect(read(text)).to.include({ timing: 'cue' });
  });

  it('of Amazon Transcribe joins punctuation to its word (A16)', () => {
    const text = JSON.stringify({
      jobName: 'j',
      results: {
        language_code: 'en-GB',
        transcripts: [{ transcript: 'Well, yes.' }],
        items: [item('Well', '0.1'), item(','), item('yes', '0.5'), item('.')],
      },
    });
    const transcript = readTranscript({ text, language: null });
    expect(transcript).to.include({ language: 'en-GB', timing: 'word' });
    expect(texts(transcript)).to.equal('Well, yes.');
    expect(times(transcript)).to.deep.equal([
      [0.1, 0.4],
      [0.5, 0.8],
    ]);
  });

  it('is sorted when it is out of order, but not for a step back of a moment', () => {
    expect(orderOf(wordAt('last', 5), wordAt('first', 1))).to.equal('first last');
    expect(orderOf(wordAt('one', 1), wordAt('two', 2.02), wordAt('three', 2))).to.equal('one two three');
  });

  it('of a recogniser that heard nothing has no words', () => {
    expect(read('{"results":{"items":[]}}').words).to.deep.equal([]);
  });
});

describe('an unreadable transcript', () => {
  for (const [what, text, line, problem] of [
    ['no text', '', 1, 'no caption'],
    ['no caption', 'WEBVTT\n\nNOTE nothing\n', 1, 'no caption'],
    ['no transcript', 'Dear Sir,\n', 1, 'neither'],
    ['a wrong time', 'WEBVTT\n\n00:00:01.000 --> soon\nx\n', 3, '-->'],
    ['a time beyond a day', 'WEBVTT\n\n00:01.000 --> 9999:00:00.000\nx\n', 3, '24 hours'],
    ['a cue before the recording', cue('x', '-00:02.000 --> -00:01.000'), 3, 'before the recording'],
    ['JSON that breaks off', '{\n"words": [1', 2, 'JSON'],
    ['JSON with a fault', '{\n"words": [}\n', null, '"words": [}'],
    ['JSON of something else', '{"a":1}', null, 'neither'],
    ['a field of the wrong kind', '{"words":[{"text":1}]}', null, 'words[0].text'],
    ['an absurd time', '{"words":[{"text":"a","startSeconds":1e9,"endSeconds":1e9}]}', null, '24 hours'],
  ] as const)
    it(`says what is wrong with ${what}`, () => {
      const error = refused(text);
      expect(error.line).to.equal(line);
      expect(error.message).to.include(problem);
    });

  it('is the only thing that comes of any text', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'WEBVTT',
        '\n\n',
        '\n',
        '00:01.000 --> 00:02.000\n',
        '1',
        '<',
        '>',
        '&amp;',
        '{',
        '[',
        'NOTE',
        '<00:01.500>',
      ),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        try {
          transcriptSchema.parse(readTranscript({ text: parts.join(''), language: null }));
        } catch (error) {
          expect(error).to.be.instanceOf(TranscriptUnreadable);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is the only thing that comes of any JSON', () => {
    const number = fc.oneof(fc.double(), fc.integer());
    const word = fc.record({ text: fc.string(), startSeconds: number, endSeconds: number });
    const anyToken = fc.record({
      text: fc.string(),
      offsets: fc.record({ from: number, to: number }),
      p: number,
    });
    const file = fc.oneof(
      fc.record({ words: fc.array(word) }),
      fc.record({
        transcription: fc.array(
          fc.record({
            text: fc.string(),
            offsets: fc.record({ from: number, to: number }),
            tokens: fc.array(anyToken),
          }),
        ),
      }),
      fc.record({
        results: fc.record({
          items: fc.array(
            fc.record({
              type: fc.string(),
              start_time: fc.string(),
              alternatives: fc.array(fc.record({ content: fc.string() })),
            }),
          ),
        }),
      }),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(file, (value) => {
        try {
          const { words } = transcriptSchema.parse(
            readTranscript({ text: JSON.stringify(value), language: null }),
          );
          for (const [index, { startSeconds, endSeconds }] of words.entries()) {
            expect(endSeconds).to.be.at.least(startSeconds);
            expect(startSeconds).to.be.at.least(words[index - 1]?.endSeconds ?? 0);
          }
        } catch (error) {
          if (!(error instanceof TranscriptUnreadable)) throw error;
        }
      }),
    );
  });
});

describe('hostile transcripts', () => {
  for (const [what, text] of [
    ['5 million open tags', cue('<'.repeat(5e6))],
    ['1 million half entities', cue('&lt'.repeat(1e6))],
    ['a word of 5 MB', cue('a'.repeat(5e6))],
    ['half a million half fonts', `1\n00:01,000 --> 00:02,000\n${'<font a'.repeat(5e5)}`],
    ['a time after 5 MB of spaces', `WEBVTT\n\n${' '.repeat(5e6)}-->`],
    ['dots without end', cue(`x${'.'.repeat(5e6)}`)],
    ['20,000 cues', `WEBVTT\n\n${'00:01.000 --> 00:59.000\nhello <script> world\n\n'.repeat(20_000)}`],
  ] as const)
    it(`are read in linear time: ${what}`, () => {
      const start = process.cpuUsage();
      try {
        read(text);
      } catch (error) {
        expect(error).to.be.instanceOf(TranscriptUnreadable);
      }
      const { user, system } = process.cpuUsage(start);
      expect((user + system) / 1000).to.be.below(3000);
    });
});

const guessed = (text: string): string => readTranscript({ text: cue(text), language: null }).language;

describe('the language', () => {
  for (const [language, text] of [
    ['en', 'so I measured every test and we found that the setup was slow'],
    ['pt', 'então eu medi cada teste e a gente viu que o banco não era rápido para todos'],
    ['es', 'yo medí cada prueba y vi que el arranque era lento para los equipos'],
    ['und', 'lorem ipsum dolor sit amet'],
  ] as const)
    it(`of “${text.slice(0, 24)}…” is ${language}`, () => {
      expect(guessed(text)).to.equal(language);
    });

  it('that the user states wins', () => {
    expect(readTranscript({ text: cue('the test was slow'), language: 'pt_br' }).language).to.equal('pt-BR');
  });
});
