// Does each class mean one thing? The pages' style sheets are loaded lazily and then stay, so one must not change another.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

const root = join(import.meta.dirname, '../../web/src');

/** Folder of a page, whose sheets belong together; what is in ui/ and app/ is there for all. */
const homeOf = (file: string): string => file.split('/').slice(0, 2).join('/');

/** Classes that a sheet gives a look of their own: the only selector of a rule that stands in no other. */
const definedIn = (file: string): readonly string[] => {
  const text = readFileSync(join(root, file), 'utf8').replaceAll(/\/\*.*?\*\//gs, '');
  return [...text.matchAll(/^\.([\w-]+)(?=,| \{)/gm)].map(([, name]) => name ?? '');
};

describe('the style sheets of the pages', () => {
  it('give no class two meanings', () => {
    const homes = new Map<string, Set<string>>();
    for (const file of globSync('pages/**/*.css', { cwd: root }))
      for (const name of definedIn(file)) homes.set(name, (homes.get(name) ?? new Set()).add(homeOf(file)));
    expect(homes.size).to.be.greaterThan(100);
    const shared = [...homes]
      .filter(([, of]) => of.size > 1)
      .map(([name, of]) => `${name}: ${[...of].join(', ')}`);
    expect(shared).to.deep.equal([]);
  });

  it('give none that belongs to every page another meaning', () => {
    const shared = new Set(globSync('{app,ui}/**/*.css', { cwd: root }).flatMap(definedIn));
    const taken = globSync('pages/**/*.css', { cwd: root }).flatMap((file) =>
      definedIn(file)
        .filter((name) => shared.has(name))
        .map((name) => `${file}: ${name}`),
    );
    expect(taken).to.deep.equal([]);
  });
});
