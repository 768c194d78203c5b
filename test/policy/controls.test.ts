// Is every published control covered by a law, or answered?
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { controls } from '../../policy/controls.ts';
import { rules } from '../../policy/rules.ts';
import { waivers } from '../../policy/waivers.ts';

const sources = new Set(rules.flatMap((rule) => rule.sources));
const ids = new Set(controls.map(({ id }) => id));

describe('published controls', () => {
  it('are covered by a law or answered with a reason, never both', () => {
    const undecided = controls.filter(({ id, answer }) => sources.has(id) === (answer !== undefined));
    expect(undecided.map(({ id }) => id)).to.deep.equal([]);
  });

  it('stand in the table once', () => {
    expect(ids.size).to.equal(controls.length);
  });

  it('are the only things beside rows of the requirements that laws name as their sources', () => {
    const requirements = readFileSync(new URL('../../docs/requirements.md', import.meta.url), 'utf8');
    const rows = new Set(requirements.match(/\b[ABC]\d+\b/g));
    expect([...sources].filter((source) => !ids.has(source) && !rows.has(source))).to.deep.equal([]);
  });

  it('are excepted only for laws that exist, with a sentence', () => {
    const names = new Set(rules.map(({ name }) => name));
    for (const { rule, reason } of waivers) {
      expect(names.has(rule), rule).to.equal(true);
      expect(reason, rule).to.match(/^[A-Z].{30,}\.$/s);
    }
  });
});
