// How is an answer judged without a language model? By fixed rules, which say that they are rules.
import type { Assessment, Point, Star, StarPart } from '../assessment.ts';
import type { Transcript, Word } from '../transcript.ts';
import { listedLanguage, nameOfLanguage } from '../text-metrics/languages.ts';
import { evidenceOf, markedText } from '../text-metrics/marked-text.ts';
import { choosePoints, figureCandidates } from './figure-points.ts';
import type { Candidate, Figures } from './figure-points.ts';
import { findStar, starParts } from './star-markers.ts';
import { findWordsToAvoid } from './words-to-avoid.ts';

export interface AnswerToJudge {
  readonly question: string | null;
  readonly transcript: Transcript | null;
  readonly figures: Figures;
}

export type RulesVerdict = { readonly assessment: Assessment } | { readonly reason: string };

const fewestWords = 20;
const quotedWords = 12;

const titles: { readonly [Part in StarPart]: string } = {
  situation: 'situation',
  task: 'task',
  action: 'your own action',
  result: 'result',
};
const advice: { readonly [Part in StarPart]: string } = {
  situation: 'start with where and when it happened',
  task: 'say what you had to achieve',
  action: 'say what you yourself did, step by step, starting with “I”',
  result: 'end with what came of it, with a number if you have one',
};

const list = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** STAR is asked for by "Tell me about a time …"; "Why this company?" needs none. Unknown questions count. */
const asksForStory = (question: string | null): boolean =>
  question === null ||
  /\b(?:time|situation|example|experience|occasion|challenge|conflict|describe|project|mistake|failure|proud|vez|situação|exemplo|experiência|desafio|conflito|descreva|conte|projeto|erro)\b/iu.test(
    question,
  );

/** Where a missing part would stand: the opening or the closing words. */
function wordsAround(part: StarPart, words: readonly Word[]): Point['evidence'] {
  const atStart = part === 'situation' || part === 'task';
  const firstIndex = atStart ? 0 : Math.max(0, words.length - quotedWords);
  const lastIndex = atStart ? Math.min(words.length, quotedWords) - 1 : words.length - 1;
  return [evidenceOf(words, { firstIndex, lastIndex })];
}

function structureCandidate(star: Star, words: readonly Word[]): Candidate {
  const present = starParts.filter((part) => star[part].length > 0);
  const missing = starParts.filter((part) => star[part].length === 0);
  const score = `${present.length} of the 4 parts of a STAR answer`;
  const [first] = missing;
  if (first === undefined)
    return {
      kind: 'strength',
      group: 'structure',
      rank: 1,
      point: {
        statement: `Your answer shows ${score}: ${list(present.map((part) => titles[part]))}; keep this order.`,
        figure: null,
        evidence: present.flatMap((part) => star[part].slice(0, 1)),
      },
    };
  return {
    kind: 'weakness',
    group: 'structure',
    // One missing part outweighs most figures; all four missing outweigh every one.
    rank: 0.7 + 0.1 * missing.length,
    point: {
      statement: `The rules find ${score}; missing: ${list(missing.map((part) => titles[part]))}. Next time ${list(missing.map((part) => advice[part]))}.`,
      figure: null,
      evidence: wordsAround(first, words),
    },
  };
}

function summaryOf(star: Star, strengths: readonly Point[], weaknesses: readonly Point[]): string {
  const present = starParts.filter((part) => star[part].length > 0);
  const structure =
    present.length === 0
      ? 'Fixed rules find none of the 4 parts of a STAR answer.'
      : `Fixed rules find ${present.length} of the 4 parts of a STAR answer (${list(present.map((part) => titles[part]))}).`;
  const [next] = weaknesses;
  const advised = next ?? strengths[0];
  return [
    structure,
    ...(advised ? [next ? `First to work on: ${advised.statement}` : `Best: ${advised.statement}`] : []),
  ].join(' ');
}

/**
 * Judges an answer by word lists and figures, with the provenance `local-rules`; the same input gives the same
 * words. A figure that is missing makes no point, and every point has its figure or its words. Statements are in
 * English. An answer without a transcript, with fewer than 20 words or in a language without word lists is not
 * judged: then the reason comes back, since a score of the structure would be an invention.
 */
export function assessByRules({ question, transcript, figures }: AnswerToJudge): RulesVerdict {
  if (!transcript) return { reason: 'without a transcript the words cannot be judged' };
  const language = listedLanguage(transcript.language);
  if (!language)
    return {
      reason: `the local rules know English and Portuguese, the transcript is in ${nameOfLanguage(transcript.language)}`,
    };
  const { words } = transcript;
  const marked = markedText(words);
  if (marked.tokens.length < fewestWords)
    return {
      reason: `the answer has ${marked.tokens.length} words, too few to judge (at least ${fewestWords})`,
    };
  const star = findStar(marked, language, words);
  const structure = asksForStory(question) ? [structureCandidate(star, words)] : [];
  const candidates = [...structure, ...figureCandidates(figures)];
  const strengths = choosePoints(candidates, 'strength');
  const weaknesses = choosePoints(candidates, 'weakness');
  const presentParts = starParts.filter((part) => star[part].length > 0).length;
  return {
    assessment: {
      provenance: 'local-rules',
      summary: summaryOf(star, strengths, weaknesses),
      structureScore: (presentParts / starParts.length) * 100,
      star,
      wordsToAvoid: findWordsToAvoid(marked, language, words),
      strengths,
      weaknesses,
    },
  };
}
