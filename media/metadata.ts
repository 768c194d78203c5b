// What do FFmpeg's measuring filters say, frame by frame?
import type { AudioMeasurements, PictureMeasurements } from '../domain/measurements.ts';
import { roundTo, type Span } from '../domain/span.ts';
import { analysisRate, shortest } from './plan.ts';

/** Takes the lines that `metadata=mode=print` writes. */
export interface MetadataReader<Result> {
  readonly onLine: (line: string) => void;
  /** Time of the newest frame, in seconds: the only honest progress while a tile output waits. */
  readonly atSeconds: () => number;
  /** How many frames have come; 0 when nothing of the stream could be decoded. */
  readonly frameCount: () => number;
  /** Closes what is open at the end of the recording. */
  readonly result: (endSeconds: number) => Result;
}

const framePattern = /pts_time:(-?[\d.]+)/;

/** Calls back with each `key=number`, and with each new frame's time; `nan` and `inf` are no numbers. */
function parseLines(onValue: (key: string, value: number) => void, onFrame: (atSeconds: number) => void) {
  let atSeconds = 0;
  let frameCount = 0;
  return {
    atSeconds: () => atSeconds,
    frameCount: () => frameCount,
    onLine: (line: string): void => {
      const frame = line.startsWith('frame:') ? framePattern.exec(line) : null;
      if (frame) {
        atSeconds = Number(frame[1]);
        frameCount += 1;
        onFrame(atSeconds);
        return;
      }
      const equals = line.indexOf('=');
      const value = Number(line.slice(equals + 1));
      if (equals > 0 && Number.isFinite(value)) onValue(line.slice(0, equals), value);
    },
  };
}

/**
 * Pairs a filter's start and end marks; a stretch that is open at the end ends with the recording. Shorter ones are
 * left out: blackdetect marks the start of every one, whatever its length.
 */
function collectSpans(minimumSeconds: number) {
  const spans: Span[] = [];
  let start: number | null = null;
  const close = (endSeconds: number): void => {
    if (start !== null && endSeconds > start && endSeconds - start >= minimumSeconds)
      spans.push({ startSeconds: roundTo(Math.max(0, start)), endSeconds: roundTo(endSeconds) });
    start = null;
  };
  return {
    open: (atSeconds: number): void => {
      start = atSeconds;
    },
    close,
    result: (endSeconds: number): readonly Span[] => {
      close(endSeconds);
      return spans;
    },
  };
}

export function readPictureMetadata(): MetadataReader<PictureMeasurements> {
  const samples: PictureMeasurements['samples'] = [];
  const sceneChangesAtSeconds: number[] = [];
  const dark = collectSpans(shortest.darkSeconds);
  const frozen = collectSpans(shortest.frozenSeconds);
  const onValue = (key: string, value: number): void => {
    const last = samples.at(-1);
    if (key === 'lavfi.signalstats.YAVG' && last) last.luma = roundTo(value, 1);
    else if (key === 'lavfi.blur' && last) last.blur = roundTo(value, 2);
    else if (key === 'lavfi.scd.time') sceneChangesAtSeconds.push(roundTo(value));
    else if (key === 'lavfi.black_start') dark.open(value);
    else if (key === 'lavfi.black_end') dark.close(value);
    else if (key === 'lavfi.freezedetect.freeze_start') frozen.open(value);
    else if (key === 'lavfi.freezedetect.freeze_end') frozen.close(value);
  };
  const parser = parseLines(onValue, (atSeconds) => {
    samples.push({ atSeconds: roundTo(atSeconds), luma: 0, blur: null });
  });
  return {
    ...parser,
    result: (endSeconds) => ({
      samplesPerSecond: analysisRate.picturePerSecond,
      samples,
      dark: [...dark.result(endSeconds)],
      frozen: [...frozen.result(endSeconds)],
      sceneChangesAtSeconds,
    }),
  };
}

/** Below it EBU R 128 counts nothing: ebur128 prints −70 for silence. */
const gateLufs = -70;

/** The nuclei of syllables come later, from the speech file. */
export type SoundMeasurements = Omit<AudioMeasurements, 'syllablesAtSeconds'>;

export function readSoundMetadata(): MetadataReader<SoundMeasurements> {
  const silences = collectSpans(shortest.silenceSeconds);
  const shortTerm: { atSeconds: number; lufs: number }[] = [];
  const last = { integrated: gateLufs, range: 0, peak: 0, atSeconds: 0 };
  const onValue = (key: string, value: number): void => {
    if (key === 'lavfi.r128.I') last.integrated = value;
    else if (key === 'lavfi.r128.LRA') last.range = value;
    else if (key === 'lavfi.r128.sample_peak') last.peak = Math.max(last.peak, value);
    else if (key === 'lavfi.silence_start') silences.open(value);
    else if (key === 'lavfi.silence_end') silences.close(value);
    else if (key === 'lavfi.r128.S' && value > gateLufs) {
      const second = Math.round(last.atSeconds);
      if (shortTerm.at(-1)?.atSeconds !== second && Math.abs(last.atSeconds - second) < 0.051)
        shortTerm.push({ atSeconds: second, lufs: roundTo(value, 1) });
    }
  };
  const parser = parseLines(onValue, (atSeconds) => {
    last.atSeconds = atSeconds;
  });
  return {
    ...parser,
    result: (endSeconds) => {
      const audible = last.integrated > gateLufs;
      return {
        loudnessLufs: audible ? roundTo(last.integrated, 1) : null,
        loudnessRangeLu: audible ? roundTo(last.range, 1) : null,
        peakDbfs: last.peak > 0 ? roundTo(20 * Math.log10(last.peak), 1) : null,
        shortTerm,
        silences: [...silences.result(endSeconds)],
      };
    },
  };
}
