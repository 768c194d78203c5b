// What does docs/policy.md say? Everything that the laws know about themselves.
import { type Control, controlLists } from './controls.ts';
import { disposableStacks } from './disposable-stacks.ts';
import type { Rule } from './rule.ts';
import { ruleChapters, rules } from './rules.ts';
import { waivers } from './waivers.ts';

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`);
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');

const scopes = {
  resource: 'one resource',
  stack: 'its neighbours too',
  plan: 'the offline plan only',
} as const;

const ruleRow = ({ name, asks, why, sources, severity, scope }: Rule): readonly string[] => [
  `\`${name}\``,
  asks,
  why,
  severity,
  scopes[scope],
  sources.join(', ') || 'our own',
];

const ruleNamesFor = (id: string): string =>
  rules
    .filter(({ sources }) => sources.includes(id))
    .map(({ name }) => `\`${name}\``)
    .join(', ');

const controlRow = ({ id, asks, answer }: Control): readonly string[] => [
  id,
  asks,
  answer ?? ruleNamesFor(id),
];

/** The page as Markdown, not yet formatted. */
export function policyPage(): string {
  const chapters = Object.entries(ruleChapters).map(
    ([title, laws]) =>
      `### ${title}\n\n${table(['law', 'what it asks', 'otherwise', 'severity', 'looks at', 'sources'], laws.map(ruleRow))}`,
  );
  const lists = Object.entries(controlLists).map(
    ([title, list]) =>
      `### ${title}\n\n${table(['control', 'what it asks', 'answer'], list.map(controlRow))}`,
  );
  const exceptions = waivers.map(({ rule, resource, stacks, reason }) => [
    `\`${rule}\``,
    `\`${resource}\``,
    stacks === 'all' ? 'all' : stacks.join(', '),
    reason,
  ]);
  return `# Laws

Made from \`policy/\` by \`scripts/write-docs.ts\`; change it there.

${String(rules.length)} laws hold for every resource of every stack. \`./greenroom test test/policy\` holds them against the offline plan of dev, staging and prod, with images that are built and with pinned ones, and shows for each law a mistake that it notices. The same laws stop a deployment:

\`\`\`sh
pulumi preview --policy-pack policy
\`\`\`

In the first preview of a new stack, names and ARNs are not known yet: a law that needs one says nothing then, and is asked again by \`pulumi up\`. Laws about secrets, outputs and what stays behind need more than Pulumi's engine tells a policy; the offline plan knows it.

Laws about keeping data hold for every stack, whatever its name, but ${disposableStacks.join(' and ')}: those have \`protectData: false\`. A stack of your own that may lose its data too stands beside them in \`policy/disposable-stacks.ts\`; without that the laws stop its deployment.

## Laws by subject

${chapters.join('\n\n')}

## Exceptions

A waiver that no stack needs any more fails a test.

${table(['law', 'resource', 'stacks', 'reason'], exceptions)}

## Published controls

Every control on a service that a stack uses, and the law that covers it or the reason why none does.

${lists.join('\n\n')}
`;
}
