// How is a SubRip file read?
import { parseCueTiming } from './clock-time.ts';
import { plainSubRip } from './cue-text.ts';
import type { Cue } from './cues.ts';
import { linesOf } from './cues.ts';
import { spokenWords } from './spoken-words.ts';
import type { Piece } from './timed-words.ts';
import { TranscriptUnreadable } from './transcript-unreadable.ts';

const isNumber = (line: string | undefined): boolean => /^\s*\d{1,9}\s*$/.test(line ?? '');

function scan(text: string): Cue[] {
  const lines = linesOf(text);
  const cues: Cue[] = [];
  for (const [index, line] of lines.entries()) {
    const last = cues.at(-1);
    if (line.includes('-->')) cues.push({ ...parseCueTiming(line, index + 1), lines: [] });
    // The number of the next cue, not text: a time stands right below it.
    else if (line.trim() === '' || (isNumber(line) && lines[index + 1]?.includes('-->'))) continue;
    else if (last) last.lines.push(line);
    else throw new TranscriptUnreadable('neither WebVTT nor SubRip nor JSON starts like this', index + 1);
  }
  return cues;
}

/**
 * The pieces of a SubRip file in order of its cues' times.
 * @throws TranscriptUnreadable with the line
 */
export function readSrt(text: string): Piece[] {
  const cues = scan(text);
  if (cues.length === 0) throw new TranscriptUnreadable('the file holds no caption', 1);
  return cues
    .toSorted((a, b) => a.startSeconds - b.startSeconds)
    .map(({ startSeconds, endSeconds, lines }) => ({
      startSeconds,
      endSeconds,
      words: spokenWords(plainSubRip(lines.join('\n'))),
    }));
}
