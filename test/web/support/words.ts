// What does the app say, in one of its languages? The tests look for what its users read.
import { readFileSync } from 'node:fs';

export type Language = 'en' | 'pt';

const folder = new URL('../../../web/src/locales/', import.meta.url);

type Texts = { readonly [key: string]: string | Texts };

/** The text behind `namespace:path.to.key`, with its values in place. @throws Error for a key that is not there */
export function say(
  language: Language,
  key: string,
  values: { readonly [name: string]: unknown } = {},
): string {
  const [namespace = '', path = ''] = key.split(':');
  const file: unknown = JSON.parse(readFileSync(new URL(`${language}/${namespace}.json`, folder), 'utf8'));
  let found: string | Texts | undefined = file as Texts;
  for (const step of path.split('.')) found = typeof found === 'object' ? found[step] : undefined;
  if (typeof found !== 'string') throw new Error(`There is no text ${language} ${key}.`);
  return found.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));
}
