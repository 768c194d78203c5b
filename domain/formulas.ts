// How is each figure computed, in which unit, after whom, and what is usual?
// `docs/figures.md` and the report page are made from this table.
import { videoThresholds as limits } from './video-thresholds.ts';

/** What is usual for a figure, both ends included; an open end is left out. */
export interface Band {
  readonly from?: number;
  readonly to?: number;
  /** Who says so. */
  readonly source: string;
}

export interface Formula {
  readonly group: 'video' | 'audio' | 'text';
  readonly title: string;
  /** `ratio` is a fraction from 0 to 1. */
  readonly unit: string;
  readonly definition: string;
  readonly source: string;
  readonly band: Band | null;
}

const ownRule = 'Greenroom’s own rule of thumb; compare with your other attempts';
const deJong = 'De Jong & Wempe (2009), Praat script to detect syllable nuclei, Behavior Research Methods 41';

const table = {
  facePresence: {
    group: 'video',
    title: 'Face in the picture',
    unit: 'ratio',
    definition: 'frames with at least one face ÷ frames looked at (2 per second)',
    source: ownRule,
    band: { from: 0.9, source: ownRule },
  },
  attention: {
    group: 'video',
    title: 'Facing the camera',
    unit: 'ratio',
    definition: `frames whose largest face has |yaw| ≤ ${limits.maxYawDegrees}°, |pitch| ≤ ${limits.maxPitchDegrees}° and irises at most ${limits.maxIrisOffset} eye widths to the side of the eye’s middle (the head alone where the eyes are shut or too small) ÷ frames with a face`,
    source: ownRule,
    band: { from: 0.7, source: ownRule },
  },
  awayEpisodes: {
    group: 'video',
    title: 'Looks away',
    unit: 'episodes',
    definition: `runs of at least ${limits.minAwaySeconds} s in which a face is seen but does not face the camera`,
    source: ownRule,
    band: null,
  },
  framing: {
    group: 'video',
    title: 'Well framed',
    unit: 'ratio',
    definition: `frames whose largest face, hairline to chin, is ${limits.minFaceHeight * 100}–${limits.maxFaceHeight * 100} % of the picture’s height and centred in the middle third of its width ÷ frames with a face`,
    source: ownRule,
    band: { from: 0.8, source: ownRule },
  },
  faceLight: {
    group: 'video',
    title: 'Face well lit',
    unit: 'ratio',
    definition: `frames whose largest face has a mean luma of ${limits.minFaceLuma}–${limits.maxFaceLuma} (of 255) ÷ frames with a face`,
    source: ownRule,
    band: { from: 0.9, source: ownRule },
  },
  peopleAtOnce: {
    group: 'video',
    title: 'People at once',
    unit: 'people',
    definition: 'the largest number of faces seen in at least two frames in a row',
    source: ownRule,
    band: { to: 1, source: ownRule },
  },
  darkTime: {
    group: 'video',
    title: 'Dark picture',
    unit: 's',
    definition: 'total length of stretches of at least 0.5 s in which 98 % of the pixels are near black',
    source: 'FFmpeg blackdetect',
    band: { to: 0, source: ownRule },
  },
  frozenTime: {
    group: 'video',
    title: 'Frozen picture',
    unit: 's',
    definition:
      'total length of stretches of at least 2 s in which the picture does not change at all; dark stretches are left out',
    source: 'FFmpeg freezedetect, noise tolerance 0.003',
    band: { to: 0, source: ownRule },
  },
  blur: {
    group: 'video',
    title: 'Blur',
    unit: 'score',
    definition:
      'median of the perceptual blur of the pictures (4 per second, 320 pixels wide); lower is sharper',
    source: 'FFmpeg blurdetect, after Marziliano et al. (2002), A no-reference perceptual blur metric',
    band: null,
  },
  objects: {
    group: 'video',
    title: 'Objects',
    unit: 'kinds',
    definition:
      'kinds of things, not people, that a service names in the picture, each by its narrowest name; it sees one frame every 5 s, at most 60 in all',
    source: 'the configured service',
    band: null,
  },
  loudness: {
    group: 'audio',
    title: 'Loudness',
    unit: 'LUFS',
    definition: 'integrated loudness with the gates of EBU R 128',
    source: 'EBU R 128 (2023), FFmpeg ebur128',
    band: { from: -27, to: -14, source: 'EBU R 128 asks for −23 LUFS, streaming services for about −14' },
  },
  peak: {
    group: 'audio',
    title: 'Peak level',
    unit: 'dBFS',
    definition: 'highest sample peak',
    source: 'FFmpeg ebur128, sample peak',
    band: { to: -0.5, source: 'samples at full scale are clipped' },
  },
  speechShare: {
    group: 'audio',
    title: 'Time with sound',
    unit: 'ratio',
    definition: 'time outside silences (below −35 dBFS for at least 0.25 s) ÷ length of the recording',
    source: 'phonation time ratio, ' + deJong,
    band: null,
  },
  pauses: {
    group: 'audio',
    title: 'Pauses',
    unit: 'pauses',
    definition: 'silences of at least 0.25 s between the first and the last sound',
    source: 'Goldman-Eisler (1968), Psycholinguistics: 0.25 s parts hesitation from articulation',
    band: null,
  },
  longPauses: {
    group: 'audio',
    title: 'Long pauses',
    unit: 'pauses',
    definition: 'pauses of at least 2 s',
    source: ownRule,
    band: { to: 0, source: ownRule },
  },
  syllableRate: {
    group: 'audio',
    title: 'Syllables per second, by ear alone',
    unit: 'syllables/s',
    definition: 'syllable nuclei found in the sound ÷ time outside silences; no transcript is used',
    source: deJong,
    band: { from: 3, to: 5.5, source: 'conversational English lies at 3.5–5 syllables/s' },
  },
  wordCount: {
    group: 'text',
    title: 'Words',
    unit: 'words',
    definition: 'words of the transcript, fillers included',
    source: 'the transcript',
    band: null,
  },
  speechRate: {
    group: 'text',
    title: 'Speech rate',
    unit: 'words/min',
    definition: 'words ÷ (end of the last word − start of the first) × 60',
    source: 'common in speech training',
    band: { from: 130, to: 160, source: 'the range that speech trainers recommend for talks' },
  },
  articulationRate: {
    group: 'text',
    title: 'Articulation rate',
    unit: 'syllables/s',
    definition:
      'syllables of the transcript ÷ (time from the first word to the last − silences of at least 0.25 s within it)',
    source: deJong,
    band: { from: 3.5, to: 5.5, source: 'conversational English lies at 3.5–5 syllables/s' },
  },
  fillersPerMinute: {
    group: 'text',
    title: 'Fillers per minute',
    unit: 'fillers/min',
    definition:
      'um, uh, er, erm and hmm always, “like”, “you know”, “I mean” and “sort of” by pattern only ÷ minutes from the first word to the last',
    source: ownRule,
    band: null,
  },
  fillersPer100Words: {
    group: 'text',
    title: 'Fillers per 100 words',
    unit: 'fillers/100 words',
    definition: 'the same fillers ÷ words × 100',
    source: ownRule,
    band: { to: 5, source: 'a common threshold of speech trainers' },
  },
  hedgesPer100Words: {
    group: 'text',
    title: 'Hedges per 100 words',
    unit: 'hedges/100 words',
    definition: 'words that take back what is said (“maybe”, “I think”, “kind of”) ÷ words × 100',
    source: 'Hyland (2005), Metadiscourse',
    band: { to: 3, source: ownRule },
  },
  repeats: {
    group: 'text',
    title: 'Repeated words',
    unit: 'repeats',
    definition: 'a word or a pair of words said again at once (“the the”)',
    source: 'disfluency markup of the Switchboard corpus',
    band: null,
  },
  sentenceLength: {
    group: 'text',
    title: 'Words per sentence',
    unit: 'words',
    definition: 'words ÷ sentences; needs punctuation in the transcript',
    source: 'common in readability research',
    band: { to: 25, source: 'plain-language guides' },
  },
  lexicalDiversity: {
    group: 'text',
    title: 'Lexical diversity (MTLD)',
    unit: 'words',
    definition:
      'mean length of runs of words that keep a type–token ratio above 0.72, forwards and backwards; not under 100 words',
    source: 'McCarthy & Jarvis (2010), MTLD, vocd-D, and HD-D, Behavior Research Methods 42',
    band: null,
  },
  readingGrade: {
    group: 'text',
    title: 'Flesch–Kincaid grade',
    unit: 'school grade',
    definition: '0.39 × words/sentence + 11.8 × syllables/word − 15.59; English with punctuation only',
    source: 'Kincaid et al. (1975), Derivation of new readability formulas',
    band: null,
  },
} as const satisfies Record<string, Formula>;

export type FormulaName = keyof typeof table;

/** The catalogue, one entry per figure. */
export const formulas: Readonly<Record<FormulaName, Formula>> = table;

export const formulaNames = Object.keys(table) as [FormulaName, ...FormulaName[]];
