// Which school grade does the wording ask for? Flesch–Kincaid, for English only.
import type { Evidence } from '../figure.ts';
import type { Transcript } from '../transcript.ts';
import type { Finding } from './finding.ts';
import { isEnglish, nameOfLanguage } from './languages.ts';
import type { MarkedText } from './marked-text.ts';
import { sentencesIn } from './sentences.ts';
import { countSyllables } from './syllables.ts';

export function readingGrade(
  { language }: Transcript,
  marked: MarkedText,
  evidence: readonly Evidence[],
): Finding {
  if (!isEnglish(language))
    return { reason: `the formula holds for English, the transcript is in ${nameOfLanguage(language)}` };
  const sentences = sentencesIn(marked);
  if ('reason' in sentences) return sentences;
  const { tokens } = marked;
  const syllables = tokens.reduce((sum, token) => sum + countSyllables(token, language), 0);
  const value = 0.39 * (tokens.length / sentences.found.length) + 11.8 * (syllables / tokens.length) - 15.59;
  return { value, evidence };
}
