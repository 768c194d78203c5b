// Are the documents that are made from code current? Writes them; with `--check` only says whether they are.
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import type { Band, Formula } from '../domain/formulas.ts';
import { formulaNames, formulas } from '../domain/formulas.ts';
import { reportSchema, reportVersion } from '../domain/report.ts';
import { operations } from '../domain/api/operations.ts';
import { policyPage } from '../policy/document.ts';
import { openApiOf } from '../systems/open-api.ts';

const groupTitles = { video: 'Picture', audio: 'Sound', text: 'Words' } as const;

const bandText = ({ from, to, source }: Band): string => {
  const range =
    from !== undefined && to !== undefined
      ? `${from} to ${to}`
      : from === undefined
        ? `≤ ${to}`
        : `≥ ${from}`;
  return `${range.replaceAll('-', '−')} (${source})`;
};

/** A bar would end the cell; nothing else in the catalogue means anything to Markdown. */
const cell = (text: string): string => text.replaceAll('|', String.raw`\|`);

const row = (name: string, formula: Formula): string => {
  const band = formula.band ? bandText(formula.band) : 'none';
  const cells = [`**${formula.title}** \`${name}\``, formula.unit, formula.definition, formula.source, band];
  return `| ${cells.map(cell).join(' | ')} |`;
};

function figuresPage(): string {
  const groups = (['video', 'audio', 'text'] as const).map((group) => {
    const rows = formulaNames.filter((name) => formulas[name].group === group);
    return [
      `## ${groupTitles[group]}`,
      '',
      '| figure | unit | definition | source | usual range |',
      '| --- | --- | --- | --- | --- |',
      ...rows.map((name) => row(name, formulas[name])),
      '',
    ].join('\n');
  });
  return `# Figures

Made from \`domain/formulas.ts\` by \`scripts/write-docs.ts\`; change it there.

Every figure of a report carries its value, unit, formula, provenance and evidence (moments or words). What could not be measured is \`null\` with a reason; nothing is guessed. A usual range is a comparison, not a judgement: its source stands beside it. \`ratio\` is a fraction from 0 to 1.

The provenance says what the value of this report rests on: \`ffmpeg\` (picture and sound filters), \`vision\` (faces found in two pictures a second), \`transcript\`, \`audio-only\` (no transcript was used), \`local-rules\`, or \`model:<id>\`.

Greenroom does not infer emotion, age, gender or identity.

${groups.join('\n')}`;
}

function schemaFile(): string {
  const schema = z.toJSONSchema(reportSchema, { target: 'draft-2020-12' });
  return `${JSON.stringify({ ...schema, title: `Greenroom report, version ${reportVersion}` }, null, 2)}\n`;
}

/** The document says the version of the API, which changes when a client of today would break. */
const openApiFile = (): string =>
  `${JSON.stringify(
    openApiOf(Object.values(operations), {
      title: 'Greenroom interview API',
      version: '1.0.0',
      description:
        'Records of practice answers, their uploads, analyses and reports. Errors are problem documents (RFC 9457) with a stable `code`.',
      url: '/api',
    }),
    null,
    2,
  )}\n`;

async function formatted(path: string, text: string): Promise<string> {
  const config = await resolveConfig(new URL(`../${path}`, import.meta.url));
  return format(text, { ...config, parser: 'markdown' });
}

const documents: Readonly<Record<string, () => Promise<string>>> = {
  'docs/figures.md': () => formatted('docs/figures.md', figuresPage()),
  'docs/openapi.json': () => Promise.resolve(openApiFile()),
  'docs/policy.md': () => formatted('docs/policy.md', policyPage()),
  'docs/report.schema.json': () => Promise.resolve(schemaFile()),
};

const isCheck = process.argv.includes('--check');
for (const [path, make] of Object.entries(documents)) {
  const url = new URL(`../${path}`, import.meta.url);
  const text = await make();
  if (!isCheck) await writeFile(url, text);
  else if ((await readFile(url, 'utf8').catch(() => null)) !== text) {
    process.stderr.write(`${path} is not current; run: node scripts/write-docs.ts\n`);
    process.exitCode = 1;
  }
}
