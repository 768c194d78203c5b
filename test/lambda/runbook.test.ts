// Does the command of the runbook find every failure that a function writes down?
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createLog } from '../../lambda/log.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** What `logs` filters by in docs/operate.md. */
const [, pattern = 'none'] = /^logs\(\) \{.*--filter-pattern '([^']+)'/mv.exec(read('docs/operate.md')) ?? [];

/** What CloudWatch makes of a pattern of the form `{ $.field = "value" }`; no other is known here. */
function finds(line: string): boolean {
  const [, field = '', value] = /^\{ \$\.(\w+) = "([^"]*)" \}$/v.exec(pattern) ?? [];
  if (value === undefined) throw new Error(`the pattern of the runbook is not understood: ${pattern}`);
  return (JSON.parse(line) as Readonly<Record<string, unknown>>)[field] === value;
}

function lineOf(event: string): string {
  let line = '';
  const write = (text: string) => {
    line = text;
  };
  createLog({ stage: 'start-analysis', requestId: 'r', executionName: null, write })(event);
  return line;
}

/** Every event that a handler or its host can write. */
const events = globSync('{handlers,lambda}/**/*.ts', { cwd: root }).flatMap((file) =>
  [...read(file).matchAll(/\blog\([^'\)]*'([^']+)'(?:\s*:\s*'([^']+)')?/gv)].flatMap(([, ...names]) =>
    names.filter((name) => name !== undefined),
  ),
);

describe('the log command of the runbook', () => {
  it('finds the failures of the pipeline, of the deliveries and of the health check', () => {
    const failures = events.filter((event) => event.endsWith('failed'));
    expect(failures).to.include.members(['handler failed', 'delivery failed', 'health check failed']);
    expect(failures.filter((event) => !finds(lineOf(event)))).to.deep.equal([]);
  });

  it('leaves out what went well', () => {
    const others = events.filter((event) => !event.endsWith('failed'));
    expect(others).to.include.members(['analysis started', 'record closed', 'record left alone']);
    expect(others.filter((event) => finds(lineOf(event)))).to.deep.equal([]);
  });
});
