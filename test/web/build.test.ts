// Is the built app small and strict enough?
import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildWeb, firstLoadBudgetBytes, firstLoadOf } from '../../scripts/build-web.ts';

describe('built app', function () {
  this.timeout(60_000);
  let folder = '';
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'greenroom-web-'));
    await buildWeb(folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('loads at most 250 kB of compressed JavaScript on a first visit', async () => {
    const { compressedBytes, files } = await firstLoadOf(folder);
    expect(files.length).to.be.greaterThan(5);
    expect(compressedBytes).to.be.within(100_000, firstLoadBudgetBytes);
  });

  it('has neither inline script nor inline style, and asks nobody else', () => {
    const html = read('index.html');
    expect(html).to.not.match(/<style|style=|\son\w+=|javascript:|https?:/);
    for (const [, attributes, content] of html.matchAll(/<script([^>]*)>([^<]*)</g)) {
      expect(attributes).to.contain('src="/');
      expect(content?.trim()).to.equal('');
    }
  });

  it('evaluates no text and loads nothing from elsewhere', () => {
    for (const name of globSync('assets/*.js', { cwd: folder })) {
      expect(/\bnew Function\(|\beval\(/.exec(read(name))?.[0], name).to.equal(undefined);
    }
    for (const name of globSync('assets/*.css', { cwd: folder })) {
      expect(/@import|url\(["']?(?:https?:|data:|\/\/)/.exec(read(name))?.[0], name).to.equal(undefined);
    }
  });

  it('names every file but the fixed ones by its content', () => {
    const fixed = new Set(['index.html', 'manifest.json', 'openapi.json', 'theme.js', 'icon.svg']);
    const others = globSync('**/*.*', { cwd: folder }).filter((name) => !fixed.has(name));
    expect(
      others.filter((name) => !/^assets\/[\w.-]+-[\w-]{8}\.(?:js|css|svg|mjs)$/.test(name)),
    ).to.deep.equal([]);
  });

  it('brings the description of the API along', () => {
    expect(JSON.parse(read('openapi.json'))).to.have.nested.property('servers[0].url', '/api');
  });

  it('keeps the schema language out of what the first page loads', async () => {
    const { files } = await firstLoadOf(folder);
    const text = files.map(({ file }) => read(file)).join('');
    expect(text).to.not.contain('ZodError');
  });
});
