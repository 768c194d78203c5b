// How do tests make a transcript from a sentence?
import type { Transcript } from '../../../domain/transcript.ts';

/** One word every half second, each 0.3 s long, in `language`. */
export const said = (text: string, language = 'en-US'): Transcript => ({
  language,
  source: 'file:json',
  timing: 'word',
  words: text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word, index) => ({ text: word, startSeconds: index * 0.5, endSeconds: index * 0.5 + 0.3 })),
});
