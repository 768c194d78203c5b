// How is text laid out in a terminal: cleaned, wrapped, coloured?
import { styleText } from 'node:util';

export interface Layout {
  /** Columns that a line may take. */
  readonly width: number;
  readonly paint: Paint;
}

export type Tone = 'strong' | 'quiet' | 'good' | 'warn';
export type Paint = (tone: Tone, text: string) => string;

const formats = { strong: 'bold', quiet: 'dim', good: 'green', warn: 'yellow' } as const;

/** Colours when asked for, else the text as it is; the caller knows about NO_COLOR and terminals. */
export const painter = (colour: boolean): Paint =>
  colour ? (tone, text) => styleText(formats[tone], text, { validateStream: false }) : (_tone, text) => text;

/**
 * Text from outside on one line: no escape sequence, control character or change of writing direction
 * of a transcript or a question can reach the terminal.
 */
const plainLine = (text: string): string =>
  text
    .replaceAll(/[\s\u0085\u2028\u2029]+/gu, ' ')
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .trim();

/** Columns of a text without colours; a character beyond the Latin width counts as one all the same. */
export const widthOf = (text: string): number => Array.from(text).length;

export const padEnd = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - widthOf(text)));

export const padStart = (text: string, columns: number): string =>
  ' '.repeat(Math.max(0, columns - widthOf(text))) + text;

/** Words on lines of at most `columns`; a longer word is cut into pieces. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of plainLine(text).split(' ')) {
    let rest = Array.from(word);
    if (line !== '' && widthOf(line) + 1 + rest.length <= columns) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    while (rest.length > columns) {
      lines.push(rest.slice(0, columns).join(''));
      rest = rest.slice(columns);
    }
    line = rest.join('');
  }
  return line === '' ? lines : [...lines, line];
}

/** Wrapped lines behind a first mark and then behind as many blanks. */
export function hang(mark: string, text: string, width: number): string[] {
  const indent = widthOf(mark);
  return wrap(text, Math.max(16, width - indent)).map(
    (line, index) => (index === 0 ? mark : ' '.repeat(indent)) + line,
  );
}
