// How may a text of an execution be shown to the owner of a recording? Without the names of the account it ran in.

/** An ARN, up to where a sentence or a JSON text goes on. */
const arn = /arn:aws[\w-]*:[^\s"'`\\,;()<>[\]{}]*/g;

/** Twelve digits that stand by themselves; a part of a longer number or of a hash is none. */
const accountId = /(?<![\w.])\d{12}(?![\w.]*\d)/g;

/** Longest text that is shown, in characters; an answer of the API holds some forty of them in 6 MB. */
const longest = 100_000;

const redact = (text: string): string =>
  text.replaceAll(arn, '(a resource)').replaceAll(accountId, '(an account)');

function redactWithin(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map(redactWithin);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redact(key), redactWithin(inner)]));
}

function redactJson(text: string): string {
  try {
    return JSON.stringify(redactWithin(JSON.parse(text)));
  } catch {
    return redact(text);
  }
}

/** A text, or a JSON text of which only the texts within are changed; what is longer than 100,000 characters is cut. */
export function withoutAccounts(text: string): string {
  const shown = redactJson(text);
  return shown.length > longest ? `${shown.slice(0, longest)}…` : shown;
}

export const withoutAccountsOrNull = (text: string | null): string | null =>
  text === null ? null : withoutAccounts(text);
