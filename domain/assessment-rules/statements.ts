// What does a figure mean for the speaker, and what is to be done next?
import type { FormulaName } from '../formulas.ts';
import { roundTo } from '../span.ts';

/** Sentences for where a value lies against its band; a place without a sentence makes no point. */
export interface Statements {
  readonly within?: (value: string) => string;
  readonly below?: (value: string) => string;
  readonly above?: (value: string) => string;
  /** Figures of one topic say nearly the same: only the first of the table makes a point. */
  readonly topic: string;
  /** How much it matters for an answer, 0–1. */
  readonly weight: number;
  /** The distance from the band that counts as fully off, in the figure's unit. */
  readonly scale: number;
  readonly write: (value: number) => string;
}

const percent = (value: number): string => `${Math.round(value * 100)} %`;
const one = (value: number): string => String(roundTo(value, 1));
const whole = (value: number): string => String(Math.round(value));
const seconds = (value: number): string => `${one(value)} s`;
const times = (value: number): string => (value === 1 ? '1 pause' : `${whole(value)} pauses`);

/** The statements by figure, in the order in which a topic's figures are preferred. */
export const statements: Readonly<Partial<Record<FormulaName, Statements>>> = {
  speechRate: {
    topic: 'pace',
    weight: 0.9,
    scale: 40,
    write: whole,
    within: (value) => `You speak ${value} words per minute, a pace that is easy to follow; keep it.`,
    below: (value) =>
      `You speak ${value} words per minute, slower than the usual 130–160; shorten the pauses between sentences and practise the answer aloud twice.`,
    above: (value) =>
      `You speak ${value} words per minute, faster than the usual 130–160; stop for a breath at the end of each sentence.`,
  },
  articulationRate: {
    topic: 'pace',
    weight: 0.7,
    scale: 1.5,
    write: one,
    within: (value) =>
      `While you speak you say ${value} syllables per second, which is easy to follow; keep it.`,
    below: (value) =>
      `While you speak you say ${value} syllables per second, slower than the usual 3.5–5.5; practise the answer aloud until the words come without searching.`,
    above: (value) =>
      `While you speak you say ${value} syllables per second, faster than the usual 3.5–5.5; speak the important words more slowly.`,
  },
  syllableRate: {
    topic: 'pace',
    weight: 0.6,
    scale: 1.5,
    write: one,
    within: (value) => `By sound alone you say ${value} syllables per second, a usual pace; keep it.`,
    below: (value) =>
      `By sound alone you say ${value} syllables per second, slower than usual; practise the answer aloud twice.`,
    above: (value) =>
      `By sound alone you say ${value} syllables per second, faster than usual; stop for a breath at the end of each sentence.`,
  },
  fillersPer100Words: {
    topic: 'fillers',
    weight: 1,
    scale: 5,
    write: one,
    within: (value) =>
      `You use ${value} fillers per 100 words, at or under the usual limit of 5; keep pausing instead of filling.`,
    above: (value) =>
      `You use ${value} fillers per 100 words, more than the usual limit of 5; when you look for a word, close your mouth and pause.`,
  },
  hedgesPer100Words: {
    topic: 'hedges',
    weight: 0.8,
    scale: 4,
    write: one,
    within: (value) =>
      `You hedge ${value} times per 100 words, so that your statements sound sure; keep it so.`,
    above: (value) =>
      `You hedge ${value} times per 100 words, more than 3; say what you did and what came of it without “maybe” or “I think”.`,
  },
  sentenceLength: {
    topic: 'sentences',
    weight: 0.6,
    scale: 15,
    write: one,
    within: (value) =>
      `Your sentences have ${value} words on average, short enough to follow; keep one thought per sentence.`,
    above: (value) =>
      `Your sentences have ${value} words on average, more than 25; end the sentence where you now say “and”.`,
  },
  longPauses: {
    topic: 'pauses',
    weight: 0.7,
    scale: 4,
    write: times,
    within: () =>
      'There are 0 pauses of 2 s or more: the answer flows; a short pause before the result may even help.',
    above: (value) =>
      `There ${value.startsWith('1 ') ? 'is' : 'are'} ${value.replace('pause', 'long pause')} of 2 s or more; note three keywords before you start, so that you know what comes next.`,
  },
  loudness: {
    topic: 'loudness',
    weight: 0.5,
    scale: 8,
    write: one,
    within: (value) =>
      `Your recording has a loudness of ${value} LUFS, which is comfortable to listen to; leave the microphone where it is.`,
    below: (value) =>
      `Your recording has a loudness of ${value} LUFS, quieter than −27; move closer to the microphone or raise its level.`,
    above: (value) =>
      `Your recording has a loudness of ${value} LUFS, louder than −14; lower the level of the microphone.`,
  },
  peak: {
    topic: 'peak',
    weight: 0.4,
    scale: 0.5,
    write: one,
    above: (value) =>
      `The sound reaches ${value} dBFS, so that loud words are likely to be distorted; lower the level of the microphone.`,
  },
  facePresence: {
    topic: 'presence',
    weight: 0.9,
    scale: 0.4,
    write: percent,
    within: (value) => `Your face is in the picture ${value} of the time; keep the camera where it is.`,
    below: (value) =>
      `Your face is in the picture only ${value} of the time; sit so that your face stays in view until the end.`,
  },
  attention: {
    topic: 'attention',
    weight: 0.9,
    scale: 0.5,
    write: percent,
    within: (value) =>
      `You face the camera ${value} of the time that your face is seen; keep looking into the lens.`,
    below: (value) =>
      `You face the camera ${value} of the time that your face is seen, less than 70 %; put your notes right under the lens.`,
  },
  framing: {
    topic: 'framing',
    weight: 0.5,
    scale: 0.5,
    write: percent,
    within: (value) => `You are well framed ${value} of the time; keep that distance from the camera.`,
    below: (value) =>
      `You are well framed ${value} of the time that your face is seen, less than 80 %; sit in the middle, with your face about a third of the picture’s height.`,
  },
  faceLight: {
    topic: 'light',
    weight: 0.6,
    scale: 0.5,
    write: percent,
    within: (value) => `Your face is well lit ${value} of the time; keep the light in front of you.`,
    below: (value) =>
      `Your face is well lit ${value} of the time that it is seen, less than 90 %; put a lamp or a window in front of you, not behind.`,
  },
  peopleAtOnce: {
    topic: 'people',
    weight: 0.7,
    scale: 1,
    write: whole,
    above: (value) =>
      `At one point ${value} people are in the picture; record where nobody passes behind you.`,
  },
  darkTime: {
    topic: 'dark',
    weight: 0.6,
    scale: 5,
    write: seconds,
    above: (value) => `The picture is dark for ${value}; check the light and that nothing covers the camera.`,
  },
  frozenTime: {
    topic: 'frozen',
    weight: 0.5,
    scale: 10,
    write: seconds,
    above: (value) =>
      `The picture is frozen for ${value}; close other programs that use the camera or the network.`,
  },
};
