// Were the quoted words really said?
import type { Assessment } from '../assessment.ts';
import { normalised } from '../text-metrics/marked-text.ts';
import type { Transcript } from '../transcript.ts';

/** Words without case, marks and white space, separated and enclosed by single spaces. */
const comparable = (text: string): string =>
  ` ${text
    .split(/\s+/)
    .map(normalised)
    .filter((token) => token !== '')
    .join(' ')} `;

/** Every text of an assessment that claims to be the candidate's words. */
const quotesOf = ({ star, wordsToAvoid, strengths, weaknesses }: Assessment): string[] => [
  ...wordsToAvoid.map((word) => word.text),
  ...[
    ...Object.values(star),
    ...wordsToAvoid.map((word) => word.evidence),
    ...[...strengths, ...weaknesses].map((point) => point.evidence),
  ]
    .flat()
    .flatMap((evidence) => evidence.text ?? []),
];

/**
 * The quotes of an assessment that do not stand in the transcript as whole words, each once; empty when all
 * do. Case, marks and white space do not matter. A quote without a letter stands nowhere.
 */
export function checkAssessment(assessment: Assessment, transcript: Transcript): string[] {
  const said = comparable(transcript.words.map((word) => word.text).join(' '));
  const isFalse = (quote: string): boolean => {
    const wanted = comparable(quote);
    return wanted.trim() === '' || !said.includes(wanted);
  };
  return [...new Set(quotesOf(assessment).filter(isFalse))];
}
