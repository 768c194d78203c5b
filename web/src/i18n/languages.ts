// Which languages does the app speak, and which one first?
import type { AppLanguage } from '../../../domain/question-sets.ts';
import { recall, remember } from '../app/remembered.ts';

/** Names in the languages themselves. */
export const languageNames: { readonly [Language in AppLanguage]: string } = {
  en: 'English',
  pt: 'Português',
};
export const languages = Object.keys(languageNames) as readonly AppLanguage[];

/** The first of the wanted tags whose language we speak; English when there is none. */
export function chooseLanguage(wanted: readonly string[]): AppLanguage {
  for (const tag of wanted) {
    const found = languages.find((language) => tag.toLowerCase().split('-')[0] === language);
    if (found) return found;
  }
  return 'en';
}

/** What the user chose before, else what the browser asks for. */
export const firstLanguage = (): AppLanguage =>
  chooseLanguage([recall('language') ?? '', ...navigator.languages]);

export const rememberLanguage = (language: AppLanguage): void => remember('language', language);
