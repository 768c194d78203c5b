// Is the list of requirements complete, and does everything exist that it names?
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

const root = join(import.meta.dirname, '..');
const lines = readFileSync(join(root, 'docs/requirements.md'), 'utf8').split('\n');
const rows = lines
  .filter((line) => /^\| [ABC]\d+ /.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replaceAll(/^\| | \|$/g, '').trim()));

const last = { A: 85, B: 70, C: 91 } as const;

describe('docs/requirements.md', () => {
  it('has every row once and in order', () => {
    const wanted = Object.entries(last).flatMap(([part, count]) =>
      Array.from({ length: count }, (_, index) => `${part}${String(index + 1)}`),
    );
    expect(rows.map(([id]) => id)).to.deep.equal(wanted);
  });

  it('says what covers each row that is marked', () => {
    const empty = rows.filter(([, , state, cover]) => state !== '' && !cover);
    expect(empty.map(([id]) => id)).to.deep.equal([]);
  });

  it('names only files that exist', () => {
    const named = rows.flatMap(([id, , , cover]) =>
      [...(cover ?? '').matchAll(/`([\w./-]+)`/g)].map(([, path]) => [id, path ?? ''] as const),
    );
    const missing = named.filter(([, path]) => !existsSync(join(root, path)));
    expect(named.length).to.be.greaterThan(20);
    expect(missing.map(([id, path]) => `${id ?? ''}: ${path}`)).to.deep.equal([]);
  });
});
