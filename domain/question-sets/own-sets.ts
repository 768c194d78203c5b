// How do a user's own sets of questions change?
import type { Preferences } from '../preferences.ts';
import { mostOwnSets, type QuestionSet } from '../question-sets.ts';
import { builtInQuestionSets } from './built-in.ts';

/** Why a change is not made. */
export type SetRefusal = 'BUILT_IN' | 'TOO_MANY' | 'UNKNOWN';

/** All own sets together, in bytes of JSON: a row of DynamoDB holds 400 KB. */
export const largestOwnSets = 300 * 1024;

const isBuiltIn = (questionSetId: string): boolean =>
  builtInQuestionSets.some((set) => set.questionSetId === questionSetId);

const sizeOf = (questionSets: readonly QuestionSet[]): number =>
  new TextEncoder().encode(JSON.stringify(questionSets)).length;

/** A set of the same id is replaced where it stands, a new one comes last. */
export function withQuestionSet(known: Preferences, written: QuestionSet): Preferences | SetRefusal {
  const { questionSetId } = written;
  if (isBuiltIn(questionSetId)) return 'BUILT_IN';
  const place = known.questionSets.findIndex((set) => set.questionSetId === questionSetId);
  const questionSets =
    place === -1 ? [...known.questionSets, written] : known.questionSets.with(place, written);
  if (questionSets.length > mostOwnSets || sizeOf(questionSets) > largestOwnSets) return 'TOO_MANY';
  return { ...known, questionSets };
}

export function withoutQuestionSet(known: Preferences, questionSetId: string): Preferences | SetRefusal {
  if (isBuiltIn(questionSetId)) return 'BUILT_IN';
  const questionSets = known.questionSets.filter((set) => set.questionSetId !== questionSetId);
  return questionSets.length === known.questionSets.length ? 'UNKNOWN' : { ...known, questionSets };
}
