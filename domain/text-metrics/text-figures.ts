// What do the words of an answer amount to? The figures of the group `text`.
import { z } from 'zod';
import { figureSchema } from '../figure.ts';
import type { Evidence, Figure } from '../figure.ts';
import { knownFigure, missingFigure } from '../figures.ts';
import type { FormulaName } from '../formulas.ts';
import type { AudioMeasurements } from '../measurements.ts';
import type { Transcript } from '../transcript.ts';
import { fillersIn } from './fillers.ts';
import { hedgesIn } from './hedges.ts';
import { listedLanguage, nameOfLanguage } from './languages.ts';
import { lexicalDiversity } from './lexical-diversity.ts';
import type { MarkedText, Occurrence } from './marked-text.ts';
import { evidenceOf, markedText } from './marked-text.ts';
import { articulation } from './articulation.ts';
import { readingGrade } from './reading-grade.ts';
import { repeatsIn } from './repeats.ts';
import { sentencesIn } from './sentences.ts';
import type { Finding } from './finding.ts';

export const textFigureNames = [
  'wordCount',
  'speechRate',
  'articulationRate',
  'fillersPerMinute',
  'fillersPer100Words',
  'hedgesPer100Words',
  'repeats',
  'sentenceLength',
  'lexicalDiversity',
  'readingGrade',
] as const satisfies readonly FormulaName[];
type TextFigureName = (typeof textFigureNames)[number];

/** All figures of the group `text`, found or missing. */
export const textFiguresSchema = z.record(z.enum(textFigureNames), figureSchema);
export type TextFigures = z.infer<typeof textFiguresSchema>;

// McCarthy & Jarvis: shorter texts give unstable values.
const fewestWordsForDiversity = 100;

/** Everything the figures are made from, found once. */
interface Answer {
  readonly transcript: Transcript;
  readonly marked: MarkedText;
  readonly wordCount: number;
  readonly minutes: number;
  /** From the first word to the last, as evidence for figures of the whole answer. */
  readonly whole: readonly Evidence[];
}

function answerOf(transcript: Transcript): Answer {
  const { words } = transcript;
  const startSeconds = words[0]?.startSeconds ?? 0;
  const endSeconds = words.reduce((latest, word) => Math.max(latest, word.endSeconds), startSeconds);
  const marked = markedText(words);
  return {
    transcript,
    marked,
    wordCount: marked.tokens.length,
    minutes: (endSeconds - startSeconds) / 60,
    whole: [{ startSeconds, endSeconds }],
  };
}

// Times are good to a millisecond: a rate over less is no rate.
const shortestAnswerSeconds = 0.01;
const noWords = { reason: 'the transcript holds no words' };
const noTime = { reason: 'the words of the transcript have no length in time' };

function perMinute(answer: Answer, count: number, evidence: readonly Evidence[]): Finding {
  return answer.minutes * 60 >= shortestAnswerSeconds ? { value: count / answer.minutes, evidence } : noTime;
}

function fillerFindings(
  answer: Answer,
): Pick<Record<TextFigureName, Finding>, 'fillersPerMinute' | 'fillersPer100Words' | 'hedgesPer100Words'> {
  const { transcript, marked, wordCount } = answer;
  const language = listedLanguage(transcript.language);
  const missing = (kind: string): Finding => ({
    reason: `there is no list of ${kind} for ${nameOfLanguage(transcript.language)}`,
  });
  if (!language)
    return {
      fillersPerMinute: missing('fillers'),
      fillersPer100Words: missing('fillers'),
      hedgesPer100Words: missing('hedges'),
    };
  const evidence = (found: readonly Occurrence[]): Evidence[] =>
    found.map((occurrence) => evidenceOf(transcript.words, occurrence));
  const fillers = evidence(fillersIn(marked, language, transcript.words));
  const hedges = evidence(hedgesIn(marked, language));
  return {
    fillersPerMinute: perMinute(answer, fillers.length, fillers),
    fillersPer100Words: { value: (fillers.length / wordCount) * 100, evidence: fillers },
    hedgesPer100Words: { value: (hedges.length / wordCount) * 100, evidence: hedges },
  };
}

function sentenceLength({ transcript, marked, wordCount }: Answer): Finding {
  const sentences = sentencesIn(marked);
  if ('reason' in sentences) return sentences;
  const longest = sentences.found
    .toSorted((a, b) => b.wordCount - a.wordCount)
    .slice(0, 3)
    .map((sentence) => evidenceOf(transcript.words, sentence));
  return { value: wordCount / sentences.found.length, evidence: longest };
}

function diversity({ marked, wordCount, whole }: Answer): Finding {
  if (wordCount < fewestWordsForDiversity)
    return { reason: `it needs at least ${fewestWordsForDiversity} words, the answer has ${wordCount}` };
  const value = lexicalDiversity(marked.tokens);
  return value === null
    ? { reason: 'no word is used twice, so that no run of words ends' }
    : { value, evidence: whole };
}

function findings(
  transcript: Transcript,
  audio: AudioMeasurements | null,
): { readonly [Name in TextFigureName]: Finding } | null {
  const answer = answerOf(transcript);
  if (answer.wordCount === 0) return null;
  const { marked, wordCount, whole } = answer;
  const repeats = repeatsIn(marked);
  return {
    wordCount: { value: wordCount, evidence: whole },
    speechRate: perMinute(answer, wordCount, whole),
    articulationRate: articulation(transcript, marked, audio),
    ...fillerFindings(answer),
    repeats: {
      value: repeats.length,
      evidence: repeats.map((repeat) => evidenceOf(transcript.words, repeat)),
    },
    sentenceLength: sentenceLength(answer),
    lexicalDiversity: diversity(answer),
    readingGrade: readingGrade(transcript, marked, whole),
  };
}

const figureOf = (name: TextFigureName, finding: Finding): Figure =>
  'reason' in finding
    ? missingFigure(name, 'transcript', finding.reason)
    : knownFigure(name, finding.value, 'transcript', finding.evidence);

export interface WordsToMeasure {
  readonly transcript: Transcript | null;
  /** Why there is no transcript. */
  readonly reason: string | null;
  /** Gives the pauses; without it they are taken from the times of the words. */
  readonly audio: AudioMeasurements | null;
}

/**
 * The figures of the group `text`. Without a transcript each is missing with `reason`; what depends on word
 * lists, punctuation or word times that are not there is missing with a reason of its own. Time and memory
 * grow with the number of words, about 2 ms for 1,500 of them.
 */
export function textFigures({ transcript, reason, audio }: WordsToMeasure): TextFigures {
  const known = transcript && findings(transcript, audio);
  const none = transcript ? noWords : { reason: reason ?? 'there is no transcript' };
  const entries = textFigureNames.map((name) => [name, figureOf(name, known?.[name] ?? none)]);
  return Object.fromEntries(entries) as TextFigures;
}

/** `articulationRate` alone, for when the sound was measured after the words. */
export function articulationRate(transcript: Transcript, audio: AudioMeasurements | null): Figure {
  const marked = markedText(transcript.words);
  const finding = marked.tokens.length > 0 ? articulation(transcript, marked, audio) : noWords;
  return figureOf('articulationRate', finding);
}
