// How does a transcript become captions that people can read?
import type { Transcript, Word } from '../transcript.ts';
import { formatClock } from './clock-time.ts';

const charactersPerLine = 42;
const longestSeconds = 7;
const shortestSeconds = 1;
// A pause of this length ends a caption; a shorter one only after a mark.
const pauseSeconds = 0.7;
const pauseAfterMarkSeconds = 0.25;

type Line = readonly Word[];

const escaped = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

/** True when a new caption starts between two words, whatever room there is. */
function breaksBetween(word: Word, next: Word): boolean {
  const gap = next.startSeconds - word.endSeconds;
  if (gap >= pauseSeconds || /[.?!…]["'”’)]*$/.test(word.text)) return true;
  return gap >= pauseAfterMarkSeconds && /[,;:—–]["'”’)]*$/.test(word.text);
}

/** Words in lines, lines in captions of at most two; linear. */
function captionsOf(words: readonly Word[]): Line[][] {
  const captions: Word[][][] = [];
  let line: Word[] = [];
  let lines: Word[][] = [];
  let length = 0;
  const close = (): void => {
    if (line.length > 0) lines.push(line);
    if (lines.length > 0) captions.push(lines);
    line = [];
    lines = [];
    length = 0;
  };
  for (const [index, word] of words.entries()) {
    const start = lines[0]?.[0] ?? line[0];
    if (start && word.endSeconds - start.startSeconds > longestSeconds) close();
    const width = word.text.length + (line.length > 0 ? 1 : 0);
    if (line.length > 0 && length + width > charactersPerLine) {
      if (lines.length === 1) close();
      else {
        lines.push(line);
        line = [];
        length = 0;
      }
    }
    length += word.text.length + (line.length > 0 ? 1 : 0);
    line.push(word);
    const next = words[index + 1];
    if (next && breaksBetween(word, next)) close();
  }
  close();
  return captions;
}

/** Two lines of about the same length are easier to read than a full and a short one. */
function balanced(lines: readonly Line[]): readonly Line[] {
  if (lines.length < 2) return lines;
  const words = lines.flat();
  const lengths = words.map((word) => word.text.length + 1);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  let best = { split: 0, width: Infinity };
  let before = 0;
  for (let split = 1; split < words.length; split++) {
    before += lengths[split - 1] ?? 0;
    const width = Math.max(before - 1, total - before - 1);
    if (width < best.width) best = { split, width };
  }
  return best.width > charactersPerLine ? lines : [words.slice(0, best.split), words.slice(best.split)];
}

/** Text of one caption; `from` and `to` in ms bound the inline times, which must grow between them. */
function textOf(
  lines: readonly Line[],
  { from, to, hasTimes }: { from: number; to: number; hasTimes: boolean },
): string {
  let latest = from;
  const tagged = (word: Word): string => {
    const at = Math.round(word.startSeconds * 1000);
    if (!hasTimes || at <= latest || at >= to) return escaped(word.text);
    latest = at;
    return `<${formatClock(at / 1000)}>${escaped(word.text)}`;
  };
  return lines.map((line) => line.map(tagged).join(' ')).join('\n');
}

/**
 * WebVTT with captions of at most two lines of 42 characters and 7 s, broken at pauses and marks; a single
 * longer word stands alone on its line. Word times are written where the transcript has them. A caption
 * stays for at least a second where the next one leaves room. All text is escaped.
 */
export function captionsVtt(transcript: Transcript): string {
  const words = transcript.words.filter((word) => word.text.trim() !== '');
  const captions = captionsOf(words);
  const blocks = captions.map((caption, index) => {
    const said = caption.flat();
    const startSeconds = said[0]?.startSeconds ?? 0;
    const nextSeconds = captions[index + 1]?.[0]?.[0]?.startSeconds ?? Infinity;
    const spokenUntil = said.at(-1)?.endSeconds ?? startSeconds;
    const shown = Math.max(spokenUntil, Math.min(startSeconds + shortestSeconds, nextSeconds));
    const endSeconds = Math.min(shown, startSeconds + longestSeconds);
    const from = Math.round(startSeconds * 1000);
    const to = Math.max(from + 1, Math.round(endSeconds * 1000));
    const text = textOf(balanced(caption), { from, to, hasTimes: transcript.timing === 'word' });
    return `${formatClock(from / 1000)} --> ${formatClock(to / 1000)}\n${text}\n`;
  });
  return [`WEBVTT\nLanguage: ${transcript.language}\n`, ...blocks].join('\n');
}
