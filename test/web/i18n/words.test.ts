// Are both languages whole, and is every word of the pages in them?
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import ts from 'typescript';
import { clockText } from '../../../web/src/i18n/clock-text.ts';
import { chooseLanguage } from '../../../web/src/i18n/languages.ts';

const source = join(import.meta.dirname, '../../../web/src');

type Words = { readonly [key: string]: string | Words };

const flat = (words: Words, before = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[before + key, value] as [string, string]] : flat(value, `${before}${key}.`),
  );
const wordsOf = (language: string, name: string): Map<string, string> =>
  new Map(flat(JSON.parse(readFileSync(join(source, 'locales', language, name), 'utf8')) as Words));

/** Plural forms of a language stand for one key. */
const singular = (key: string): string => key.replace(/_(?:zero|one|two|few|many|other)$/, '');
const placeholders = (text: string): string => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted().join();
const keys = (words: Map<string, string>): string[] =>
  [...new Set([...words.keys()].map(singular))].toSorted();
const files = globSync('*.json', { cwd: join(source, 'locales/en') });

/** Words between tags, or in attributes that are read out, which no `t()` gave. */
function bareWords(path: string, text: string): string[] {
  const found: string[] = [];
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const readOut = /^(?:aria-label|title|label|alt|placeholder|hint)$/;
  const note = (words: string): void => {
    if (/\p{L}{2}/u.test(words)) found.push(`${path}: ${words.trim()}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node.text);
    if (ts.isJsxAttribute(node) && node.initializer && ts.isStringLiteral(node.initializer)) {
      if (readOut.test(node.name.getText(file))) note(node.initializer.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe('words of the app', () => {
  for (const name of files) {
    it(`${basename(name, '.json')} has the same keys and placeholders in both languages`, () => {
      const [english, portuguese] = [wordsOf('en', name), wordsOf('pt', name)];
      expect(keys(portuguese)).to.deep.equal(keys(english));
      for (const [key, text] of portuguese) {
        const measure = english.get(key) ?? english.get(`${singular(key)}_other`) ?? '';
        expect(placeholders(text), `${name} ${key}`).to.equal(placeholders(measure));
      }
    });

    it(`${basename(name, '.json')} has every plural form that the languages need, and no empty text`, () => {
      for (const language of ['en', 'pt'] as const) {
        const words = wordsOf(language, name);
        const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
        const plural = [...words.keys()].filter((key) => key.endsWith('_other')).map(singular);
        const missing = plural
          .flatMap((key) => needed.map((form) => `${key}_${form}`))
          .filter((key) => !words.has(key));
        expect(missing, language).to.deep.equal([]);
        expect([...words].filter(([, text]) => text.trim() === '').map(([key]) => key)).to.deep.equal([]);
      }
    });
  }

  it('come from t() everywhere', () => {
    const pages = globSync('**/*.tsx', { cwd: source });
    const bare = pages.flatMap((path) => bareWords(path, readFileSync(join(source, path), 'utf8')));
    expect(bare).to.deep.equal([]);
  });

  it('are found where they are written into a page', () => {
    const page = '<p title="Bad" className="ok">Hello <b>{t("x")}</b> · {name}</p>';
    expect(bareWords('page.tsx', page)).to.deep.equal(['page.tsx: Bad', 'page.tsx: Hello']);
  });

  it('are in the first wanted language that there is, else English', () => {
    expect(
      [['pt-PT', 'en'], ['fr', 'pt-BR'], ['de', 'fr'], [], ['', 'en-GB']].map(chooseLanguage),
    ).to.deep.equal(['pt', 'pt', 'en', 'en', 'en']);
  });

  it('write times as clocks do', () => {
    expect([0, 7.9, 65, 3599, 3661, -1].map(clockText)).to.deep.equal([
      '0:00',
      '0:07',
      '1:05',
      '59:59',
      '1:01:01',
      '0:00',
    ]);
  });
});
