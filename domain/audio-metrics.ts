// What does the sound of an answer amount to? The figures of the group `audio`.
import type { Figure } from './figure.ts';
import { knownFigure, missingFigure } from './figures.ts';
import type { FormulaName } from './formulas.ts';
import type { AudioMeasurements } from './measurements.ts';
import type { Span } from './span.ts';
import { clipSpans, lengthSeconds, mergeSpans, totalSeconds } from './span.ts';

export const audioFigureNames = [
  'loudness',
  'peak',
  'speechShare',
  'pauses',
  'longPauses',
  'syllableRate',
] as const satisfies readonly FormulaName[];
type AudioFigureName = (typeof audioFigureNames)[number];
export type AudioFigures = { readonly [Name in AudioFigureName]: Figure };

const longPauseSeconds = 2;
// A codec's priming and the last packet leave up to a tenth of a second at the edges.
const edgeSeconds = 0.1;

/** Silences between the first and the last sound: what touches the start or the end is no pause. */
const pausesIn = (silences: readonly Span[], durationSeconds: number): Span[] =>
  silences.filter(
    (silence) => silence.startSeconds > edgeSeconds && silence.endSeconds < durationSeconds - edgeSeconds,
  );

/** What lies outside the sorted silences. */
function soundsBetween(silences: readonly Span[], durationSeconds: number): Span[] {
  const starts = [0, ...silences.map((silence) => silence.endSeconds)];
  const ends = [...silences.map((silence) => silence.startSeconds), durationSeconds];
  return starts
    .map((startSeconds, index) => ({ startSeconds, endSeconds: ends[index] ?? durationSeconds }))
    .filter((sound) => lengthSeconds(sound) > 0);
}

type Found = Pick<AudioMeasurements, 'loudnessLufs' | 'peakDbfs' | 'syllablesAtSeconds'> & {
  readonly durationSeconds: number;
  readonly silences: readonly Span[];
};

function levelFigures({ loudnessLufs, peakDbfs }: Found): Pick<AudioFigures, 'loudness' | 'peak'> {
  return {
    loudness:
      loudnessLufs === null
        ? missingFigure('loudness', 'ffmpeg', 'nothing in the recording is louder than the gate of EBU R 128')
        : knownFigure('loudness', loudnessLufs, 'ffmpeg', []),
    peak:
      peakDbfs === null
        ? missingFigure('peak', 'ffmpeg', 'the sound is digital silence')
        : knownFigure('peak', peakDbfs, 'ffmpeg', []),
  };
}

function pauseFigures(found: Found): Pick<AudioFigures, 'pauses' | 'longPauses'> {
  const { silences, durationSeconds } = found;
  if (durationSeconds - totalSeconds(silences) <= edgeSeconds) {
    const reason = 'there is no sound above −35 dBFS, so that nothing lies between sounds';
    return {
      pauses: missingFigure('pauses', 'ffmpeg', reason),
      longPauses: missingFigure('longPauses', 'ffmpeg', reason),
    };
  }
  const pauses = pausesIn(silences, durationSeconds);
  const long = pauses.filter((pause) => lengthSeconds(pause) >= longPauseSeconds);
  return {
    pauses: knownFigure('pauses', pauses.length, 'ffmpeg', pauses),
    longPauses: knownFigure('longPauses', long.length, 'ffmpeg', long),
  };
}

function syllableRate({ silences, durationSeconds, syllablesAtSeconds }: Found): Figure {
  const soundSeconds = durationSeconds - totalSeconds(silences);
  if (soundSeconds <= edgeSeconds || syllablesAtSeconds.length === 0)
    return missingFigure('syllableRate', 'audio-only', 'no syllable can be heard in the sound');
  const rate = syllablesAtSeconds.length / soundSeconds;
  return knownFigure('syllableRate', rate, 'audio-only', soundsBetween(silences, durationSeconds));
}

/**
 * The figures of the group `audio` for a recording of `durationSeconds`. Without measurements each is missing, for
 * `reason` if one is known. Pauses are silences of at least 0.25 s that touch neither the start nor the end.
 */
export function audioFigures(
  audio: AudioMeasurements | null,
  durationSeconds: number,
  reason: string | null = null,
): AudioFigures {
  if (!audio || durationSeconds <= 0) {
    const missing = (name: AudioFigureName): Figure =>
      missingFigure(
        name,
        name === 'syllableRate' ? 'audio-only' : 'ffmpeg',
        reason ?? 'the recording has no sound',
      );
    return Object.fromEntries(audioFigureNames.map((name) => [name, missing(name)])) as AudioFigures;
  }
  const silences = clipSpans(mergeSpans(audio.silences), { startSeconds: 0, endSeconds: durationSeconds });
  const found: Found = { ...audio, silences, durationSeconds };
  return {
    ...levelFigures(found),
    speechShare: knownFigure(
      'speechShare',
      1 - totalSeconds(silences) / durationSeconds,
      'ffmpeg',
      soundsBetween(silences, durationSeconds),
    ),
    ...pauseFigures(found),
    syllableRate: syllableRate(found),
  };
}
