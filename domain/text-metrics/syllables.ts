// How many syllables does a written word have when it is spoken?
import { syllable } from 'syllable';
import { isEnglish } from './languages.ts';

// A longer "word" is noise, and the rules of `syllable` are regular expressions.
const longestWord = 64;
// Answers repeat their words; the bound keeps a long-running server flat.
const mostRemembered = 20_000;
const rememberedEnglish = new Map<string, number>();
const rememberedOthers = new Map<string, number>();

const ones = [2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2];
const tens = [0, 0, 2, 2, 2, 2, 2, 3, 2, 2];

/** Syllables of an English number below 1,000 as it is said ("forty-two"). */
function belowThousand(value: number): number {
  if (value < 20) return ones[value] ?? 1;
  if (value < 100) {
    const rest = value % 10;
    return (tens[Math.floor(value / 10)] ?? 2) + (rest === 0 ? 0 : belowThousand(rest));
  }
  const rest = value % 100;
  return belowThousand(Math.floor(value / 100)) + 2 + (rest === 0 ? 0 : belowThousand(rest));
}

function ofNumber(digits: string): number {
  const value = Number(digits);
  // Long digit strings are read out one by one, about 1.2 syllables each.
  if (digits.length > 6) return Math.round(digits.length * 1.2);
  if (value < 1000) return belowThousand(value);
  const rest = value % 1000;
  return belowThousand(Math.floor(value / 1000)) + 2 + (rest === 0 ? 0 : belowThousand(rest));
}

function ofEnglish(word: string): number {
  let count = 0;
  for (const part of word.replaceAll(/(\d),(?=\d)/g, '$1').match(/\d+|[^\d\s]+/g) ?? [])
    count += /\d/.test(part) ? ofNumber(part) : syllable(part);
  return count;
}

/** Groups of vowels: near enough to share out the time of a caption, not to state a rate. */
const ofVowelGroups = (word: string): number =>
  word
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .match(/[aeiouyаеёиоуыэюя]+|\d/giu)?.length ?? 0;

/**
 * Syllables of one word, at least 1. English by the rules of the package `syllable`, with numbers as they
 * are said; other languages by groups of vowels, which is only good enough to share out time.
 */
export function countSyllables(word: string, language: string): number {
  const english = isEnglish(language);
  const remembered = english ? rememberedEnglish : rememberedOthers;
  const known = remembered.get(word);
  if (known !== undefined) return known;
  const plain = word.slice(0, longestWord).toLowerCase();
  const count = Math.max(1, english ? ofEnglish(plain) : ofVowelGroups(plain));
  if (remembered.size >= mostRemembered) remembered.clear();
  if (word.length <= longestWord) remembered.set(word, count);
  return count;
}
