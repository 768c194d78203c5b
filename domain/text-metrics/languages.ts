// For which languages are there word lists?

/** Languages with lists of fillers, hedges and markers. */
export type ListedLanguage = 'en' | 'pt';

/** The word lists that fit a BCP 47 tag, `null` when there are none. */
export function listedLanguage(tag: string): ListedLanguage | null {
  const primary = tag.split('-', 1)[0]?.toLowerCase();
  return primary === 'en' || primary === 'pt' ? primary : null;
}

export const isEnglish = (tag: string): boolean => listedLanguage(tag) === 'en';

/** How a language is named to a user: "the language fr", or that it is not known. */
export const nameOfLanguage = (tag: string): string =>
  tag === 'und' ? 'a language that is not known' : `the language ${tag}`;
