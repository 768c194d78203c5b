// Are the documents that are made from code current?
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { formulaNames, formulas } from '../domain/formulas.ts';
import type { Formula } from '../domain/formulas.ts';
import { stackOutputs } from '../systems/outputs.ts';

describe('the README', () => {
  it('names every output of a stack (A55)', async () => {
    const page = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    expect(Object.keys(stackOutputs).filter((name) => !page.includes(`\`${name}\``))).to.deep.equal([]);
  });
});

describe('documents made from code', () => {
  it('are the ones that scripts/write-docs.ts writes', () => {
    const script = new URL('../scripts/write-docs.ts', import.meta.url).pathname;
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect(stderr).to.equal('');
    expect(status).to.equal(0);
  });

  it('name every figure with its definition and its source', async () => {
    const page = await readFile(new URL('../docs/figures.md', import.meta.url), 'utf8');
    for (const name of formulaNames) {
      const formula: Formula = formulas[name];
      const row = page.split('\n').find((line) => line.includes(`\`${name}\``));
      expect(row, name)
        .to.include(formula.definition.replaceAll('|', String.raw`\|`))
        .and.include(formula.source);
    }
  });

  it('hold a draft 2020-12 schema in which every figure is required', async () => {
    const schema: unknown = JSON.parse(
      await readFile(new URL('../docs/report.schema.json', import.meta.url), 'utf8'),
    );
    expect(schema).to.have.property('$schema', 'https://json-schema.org/draft/2020-12/schema');
    expect(schema)
      .to.have.nested.property('properties.figures.required')
      .with.members([...formulaNames]);
  });
});
