// How are words found by Debian's pocketsphinx?
import { ServiceRejected, TemporaryFailure } from '../../../domain/errors.ts';
import type { Word } from '../../../domain/transcript.ts';
import { makeSpeechAudio } from './speech-audio.ts';
import type { Recognise, RecogniserTools } from './recogniser.ts';

const install = 'install it with: apt-get install pocketsphinx pocketsphinx-en-us';

/** What it says before it gives up without the model package. */
const noModel = /acoustic model definition|failed to open .*(?:dict|lm\.bin)/i;

/** `word start end probability`, seconds and a posterior that rounding can lift above 1; a spoken variant is `to(2)`. */
const wordLine = /^(\S+) (\d+\.\d+) (\d+\.\d+) (\d+\.\d+)$/;

/** Silence, sentence marks and noises: `<sil>`, `</s>`, `[SPEECH]`, `++NOISE++`. */
const noSpeech = /^(?:<.*>|\[.*\]|\+\+.*\+\+)$/;

/** The words in the output of `pocketsphinx_continuous -time yes`; lines that are no word lines are passed over. */
export function parsePocketsphinx(output: string): Word[] {
  return output.split('\n').flatMap((line) => {
    const [, token, start, end, probability] = wordLine.exec(line.trim()) ?? [];
    if (token === undefined || noSpeech.test(token)) return [];
    return {
      text: token.replace(/\(\d+\)$/, ''),
      startSeconds: Number(start),
      endSeconds: Number(end),
      confidence: Math.min(1, Number(probability)),
    };
  });
}

const isEnglish = (language: string): boolean => /^en(?:-|$)/i.test(language);

/** US English only, low confidence on real voices, no punctuation: opt-in. About a sixth of the recording's time. */
export const createPocketsphinx =
  (tools: RecogniserTools): Recognise =>
  async (recognition) => {
    const { language } = recognition.job;
    if (language !== null && !isEnglish(language)) {
      return { reason: `pocketsphinx knows English only, and the recording’s language is ${language}.` };
    }
    const speech = await makeSpeechAudio(tools, recognition);
    if ('reason' in speech) return speech;
    const { exitCode, stdout, stderrTail } = await tools.runProcess({
      command: 'pocketsphinx_continuous',
      args: ['-infile', speech.path, '-time', 'yes'],
      signal: recognition.signal,
      whenMissing: `pocketsphinx is not installed; ${install}.`,
    });
    if (exitCode === 0) {
      return {
        transcript: {
          language: 'en-US',
          source: 'pocketsphinx',
          timing: 'word',
          words: parsePocketsphinx(stdout),
        },
      };
    }
    if (noModel.test(stderrTail)) {
      throw new ServiceRejected('UPSTREAM', `pocketsphinx has no English model; ${install}.`);
    }
    throw new TemporaryFailure('UPSTREAM', `pocketsphinx ended with ${exitCode ?? 'a signal'}.`);
  };
