// How fast are the syllables while the speaker speaks?
import type { AudioMeasurements } from '../measurements.ts';
import type { Span } from '../span.ts';
import { clipSpans, mergeSpans, totalSeconds } from '../span.ts';
import type { Transcript, Word } from '../transcript.ts';
import type { Finding } from './finding.ts';
import { isEnglish, nameOfLanguage } from './languages.ts';
import type { MarkedText } from './marked-text.ts';
import { countSyllables } from './syllables.ts';

const shortestPauseSeconds = 0.25;
// Times are good to a millisecond: a rate over less is no rate.
const shortestSpeechSeconds = 0.01;

/** Gaps between words of at least 0.25 s. */
function gapsBetween(words: readonly Word[]): Span[] {
  const gaps: Span[] = [];
  let spokenUntil = words[0]?.endSeconds ?? 0;
  for (const { startSeconds, endSeconds } of words) {
    // A millisecond of tolerance: the times are decimal fractions.
    if (startSeconds - spokenUntil >= shortestPauseSeconds - 0.0005)
      gaps.push({ startSeconds: spokenUntil, endSeconds: startSeconds });
    spokenUntil = Math.max(spokenUntil, endSeconds);
  }
  return gaps;
}

/**
 * Syllables per second outside pauses. Pauses come from the sound; without it from the gaps between words,
 * if each word has a time of its own. English only: no counter of syllables is good enough elsewhere.
 */
export function articulation(
  { words, language, timing }: Transcript,
  marked: MarkedText,
  audio: AudioMeasurements | null,
): Finding {
  if (!isEnglish(language))
    return {
      reason: `syllables are counted in English only, the transcript is in ${nameOfLanguage(language)}`,
    };
  if (!audio && timing !== 'word')
    return { reason: 'without the sound, pauses are known only if every word has a time of its own' };
  const startSeconds = words[0]?.startSeconds ?? 0;
  const endSeconds = words.reduce((latest, word) => Math.max(latest, word.endSeconds), startSeconds);
  const whole = { startSeconds, endSeconds };
  const pauses = audio
    ? clipSpans(mergeSpans(audio.silences), whole).filter(
        (silence) => silence.endSeconds - silence.startSeconds >= shortestPauseSeconds - 0.0005,
      )
    : gapsBetween(words);
  const spokenSeconds = endSeconds - startSeconds - totalSeconds(pauses);
  if (spokenSeconds < shortestSpeechSeconds)
    return { reason: 'between the first word and the last there is only silence' };
  const syllables = marked.tokens.reduce((sum, token) => sum + countSyllables(token, language), 0);
  return { value: syllables / spokenSeconds, evidence: [whole] };
}
