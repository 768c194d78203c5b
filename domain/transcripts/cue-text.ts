// What does the text of a caption say, once its markup is gone?
import { parseClock } from './clock-time.ts';

/** A part of a cue's text and the time written in front of it, `null` for the part before the first time. */
export interface TimedText {
  readonly atSeconds: number | null;
  readonly text: string;
}

const names: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lrm: '',
  rlm: '',
};

/** Replaces the entities of WebVTT and numeric ones; anything else stays as it is. */
const decodeEntities = (text: string): string =>
  text.replaceAll(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return names[name] ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });

/**
 * The text of a WebVTT cue without its tags, cut at its inline times. A `<` that no `>` follows is text.
 * Linear in the length of the cue.
 */
export function timedTexts(text: string): TimedText[] {
  const parts: { atSeconds: number | null; text: string }[] = [];
  let current = { atSeconds: null as number | null, text: '' };
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<', at);
    const close = open === -1 ? -1 : text.indexOf('>', open);
    if (close === -1) break;
    current.text += text.slice(at, open);
    const time = close - open > 32 ? null : parseClock(text.slice(open + 1, close).trim());
    if (time !== null) {
      parts.push(current);
      current = { atSeconds: time, text: '' };
    }
    at = close + 1;
  }
  current.text += text.slice(at);
  parts.push(current);
  return parts.map((part) => ({ atSeconds: part.atSeconds, text: decodeEntities(part.text) }));
}

/** The text of a SubRip cue without the few tags that the format knows; anything else in `<>` is text. */
export const plainSubRip = (text: string): string =>
  decodeEntities(
    text
      .replaceAll(/<\/?(?:b|i|u|s|font)(?: [^<>]{0,100})?>/gi, '')
      .replaceAll(/\{\\[a-z]{1,4}[^{}\\]{0,40}\}/gi, ''),
  );
