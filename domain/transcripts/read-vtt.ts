// How is a WebVTT file read?
import { parseCueTiming } from './clock-time.ts';
import { timedTexts } from './cue-text.ts';
import type { Cue } from './cues.ts';
import { linesOf } from './cues.ts';
import { spokenWords } from './spoken-words.ts';
import type { Piece } from './timed-words.ts';
import { TranscriptUnreadable } from './transcript-unreadable.ts';

const signature = /^WEBVTT(?:[ \t]|$)/;
const otherBlock = /^(?:NOTE|STYLE|REGION)(?:[ \t]|$)/;

export const isVtt = (text: string): boolean => signature.test(linesOf(text.slice(0, 32))[0] ?? '');

interface VttFile {
  readonly cues: readonly Cue[];
  /** What a `Language:` line of the header says. */
  readonly language: string | null;
}

function scan(text: string): VttFile {
  const lines = linesOf(text);
  const cues: Cue[] = [];
  let language: string | null = null;
  let block: 'header' | 'none' | 'cue' | 'other' = 'header';
  for (const [index, line] of lines.entries()) {
    // A time starts a cue wherever it stands, but in a comment.
    if (line.includes('-->') && block !== 'other') {
      cues.push({ ...parseCueTiming(line, index + 1), lines: [] });
      block = 'cue';
    } else if (line === '') block = 'none';
    else if (block === 'cue') cues.at(-1)?.lines.push(line);
    else if (block === 'header') language = /^Language: *([\w-]{2,35})\s*$/i.exec(line)?.[1] ?? language;
    else if (block === 'none' && otherBlock.test(line)) block = 'other';
  }
  return { cues, language };
}

/**
 * Rolling captions (YouTube's) show the line before once more above the new one, and alone for 10 ms:
 * a line without times that repeats the last one, in a file whose words are wrapped as `<time><c>`.
 */
function withoutRolledLines(cues: readonly Cue[]): Cue[] {
  if (!cues.some((cue) => cue.lines.some((line) => line.includes('><c>')))) return [...cues];
  let previous: string | null = null;
  return cues.map((cue) => {
    const lines = cue.lines.filter((line) => line.trim() !== '');
    const plain = lines.map((line) =>
      timedTexts(line)
        .map((part) => part.text)
        .join('')
        .trim(),
    );
    const rolled = lines.length > 0 && plain[0] === previous && !lines[0]?.includes('><c>');
    previous = plain.at(-1) ?? previous;
    return rolled ? { ...cue, lines: lines.slice(1) } : { ...cue, lines };
  });
}

function piecesOf({ startSeconds, endSeconds, lines }: Cue): Piece[] {
  let floor = startSeconds;
  const ceiling = Math.max(startSeconds, endSeconds);
  const parts = timedTexts(lines.join('\n')).map((part) => {
    // An inline time outside its cue, or going back, is held inside.
    floor = Math.min(ceiling, Math.max(floor, part.atSeconds ?? startSeconds));
    return { atSeconds: floor, words: spokenWords(part.text) };
  });
  return parts.map((part, index) => ({
    startSeconds: part.atSeconds,
    endSeconds: parts[index + 1]?.atSeconds ?? endSeconds,
    words: part.words,
  }));
}

/**
 * The pieces of a WebVTT file in order of its cues' times, and the language its header names.
 * @throws TranscriptUnreadable with the line
 */
export function readVtt(text: string): { readonly pieces: Piece[]; readonly language: string | null } {
  const { cues, language } = scan(text);
  if (cues.length === 0) throw new TranscriptUnreadable('the file holds no caption', 1);
  const sorted = cues.toSorted((a, b) => a.startSeconds - b.startSeconds);
  return { pieces: withoutRolledLines(sorted).flatMap(piecesOf), language };
}
