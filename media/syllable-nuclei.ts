// Where are the syllables in an envelope of loudness?
import { framesPerSecond } from './sound-envelope.ts';

// Vowels of unstressed syllables are up to 25 dB below the loudest ones; below that it is the room.
const rangeDb = 25;
// De Jong & Wempe ask for 2 dB in the whole sound; in the vowels' band alone 1.2 dB counted best.
const leastDipDb = 1.2;
const smoothFrames = 2;
// Under this level there is no speech, however quiet everything else is.
const quietestSpeechDb = -70;
// The window of a frame is 25 ms long: its middle is the moment.
const windowMiddleSeconds = 0.0125;

function smoothed(levels: Float32Array): Float32Array {
  return levels.map((_, frame) => {
    const from = Math.max(0, frame - smoothFrames);
    const to = Math.min(levels.length, frame + smoothFrames + 1);
    let sum = 0;
    for (let at = from; at < to; at++) sum += levels[at] ?? 0;
    return sum / (to - from);
  });
}

/** The level that 1 % of the frames exceed. */
const loudLevel = (levels: Float32Array): number =>
  levels.toSorted()[Math.floor(levels.length * 0.99)] ?? -Infinity;

/**
 * Peaks of the level (dB, 100 a second) that rise at least 1.2 dB from the dip before them and lie within
 * 25 dB of the loudest speech, as moments in seconds, ascending. Of two peaks without such a dip between
 * them the higher one counts.
 */
export function findNuclei(levelsDb: Float32Array): number[] {
  const levels = smoothed(levelsDb);
  const threshold = Math.max(loudLevel(levels) - rangeDb, quietestSpeechDb);
  const peaks: number[] = [];
  let lowest = Infinity;
  for (let frame = 1; frame < levels.length - 1; frame++) {
    const level = levels[frame] ?? -Infinity;
    lowest = Math.min(lowest, level);
    const isPeak = level > (levels[frame - 1] ?? level) && level >= (levels[frame + 1] ?? level);
    if (!isPeak || level <= threshold) continue;
    const last = peaks.at(-1);
    if (last === undefined || level - lowest >= leastDipDb) peaks.push(frame);
    else if (level > (levels[last] ?? level)) peaks[peaks.length - 1] = frame;
    else continue;
    lowest = level;
  }
  return peaks.map((frame) => frame / framesPerSecond + windowMiddleSeconds);
}
