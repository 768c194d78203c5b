// How are JSON, commands and times of a run written so that a person can read and use them?

/** Indented where it is JSON, else as it is. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

const needsNoQuotes = /^[\w@%+=:,./-]+$/;

/** One line for a POSIX shell; every word means to it what it meant to the program. */
export const commandLine = (command: readonly string[]): string =>
  command.map((word) => (needsNoQuotes.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');

/** Seconds from one moment to another, or to now while it goes on; `null` when it never began. */
export function secondsBetween(from: string | null, to: string | null, nowMs: number): number | null {
  if (from === null) return null;
  return Math.max(0, (to === null ? nowMs : Date.parse(to)) - Date.parse(from)) / 1000;
}
