// What does a reader need of the error that ended a program?
import { stripVTControlCharacters } from 'node:util';
import type { LogEntry } from './registration.ts';

const isFrame = (line: string): boolean => /^\s+at .*(?::\d+:\d+|<anonymous>|node:)/u.test(line);

/** What the language host adds to an error: a path of the machine, the stack, the promise that was rejected. */
const additions: readonly RegExp[] = [
  /^Running program '.*' failed with an unhandled exception:\n/mu,
  /^<ref \*1> /mu,
  /^\s+at .*\n?/gmu,
  / \{\n\s+promise: Promise \{[^}]*\}\n\}/u,
  /\n\s+promise: Promise \{[^}]*\}\n\}/u,
  // Each resource that waits for the failed one adds its own property in front.
  /(?:error serializing property "[^"]*": )+(?=error serializing property)/gu,
];

const readable = (message: string): string =>
  additions.reduce((text, addition) => text.replace(addition, ''), message).trim();

/** The first place in the program's own folder that a stack names: `settings.ts:12`. */
function placeIn(folder: string, message: string): string | null {
  for (const line of message.split('\n')) {
    const place = isFrame(line) ? /(?:file:\/\/)?(\/[^()]+?):(\d+):\d+/u.exec(line) : null;
    const [path, row] = [place?.[1], place?.[2]];
    if (path?.startsWith(`${folder}/`) && row !== undefined && !path.includes('/node_modules/'))
      return `${path.slice(folder.length + 1)}:${row}`;
  }
  return null;
}

/** One text from all that was logged as an error, or from what was printed if nothing was. */
export function failureText(folder: string, log: readonly LogEntry[], printed: string): string {
  const errors = log.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  const told = errors.length > 0 ? errors : [printed];
  const texts = told.map(stripVTControlCharacters).map((message) => {
    const place = placeIn(folder, message);
    return readable(message) + (place === null ? '' : ` (${place})`);
  });
  const text = [...new Set(texts)].join('\n').trim();
  return text === '' ? 'the program ended without a word' : text;
}
