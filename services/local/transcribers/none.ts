// What does Greenroom say when no recogniser is configured?
import type { Recognise } from './recogniser.ts';

/** Never any words; the reason tells the user how to get some. */
export const createNone = (): Recognise => () =>
  Promise.resolve({
    reason:
      'No speech recogniser is configured. Give a transcript (.vtt, .srt or .json), or configure whisper-cli with a model, or pocketsphinx for English.',
  });
