// How do words get onto the page? One file per language and namespace, loaded when a page needs it.
import { createInstance, type BackendModule, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { firstLanguage, languages, rememberLanguage } from './languages.ts';

const files = import.meta.glob<object>('../locales/*/*.json', { import: 'default' });

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read(language, namespace, done) {
    const load = files[`../locales/${language}/${namespace}.json`];
    if (!load) return done(new Error(`There are no words ${language}/${namespace}.`), null);
    load().then(
      (words) => done(null, words as Record<string, string>),
      (error: unknown) => done(error as Error, null),
    );
  },
};

/** Loads the words that every page needs, and keeps `<html lang>` true. */
export async function startI18n(): Promise<i18n> {
  const i18next = createInstance();
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
    rememberLanguage(language === 'pt' ? 'pt' : 'en');
  });
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: firstLanguage(),
      // Both languages have every word (a test holds it); loading a second one to fall back to would be for nothing.
      fallbackLng: false,
      supportedLngs: [...languages],
      ns: ['common'],
      defaultNS: 'common',
      // React escapes.
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
  return i18next;
}
