// Does the operators' document say what the program is, and is there a runbook for every alarm?
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { z } from 'zod';
import { alarmTable, runbookOf, type AlarmedKind } from '../../systems/alarms.ts';
import { stackOutputs } from '../../systems/outputs.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const page = read('docs/operate.md');

/** The anchor that GitHub makes of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s\-_]/gv, '')
    .trim()
    .replaceAll(' ', '-');

/** The text below each heading, down to the next one, by anchor. */
function sectionsOf(markdown: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  let anchor = '';
  let isCode = false;
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) isCode = !isCode;
    const heading = isCode ? undefined : /^#+ (.+)$/v.exec(line)?.[1];
    if (heading !== undefined) anchor = anchorOf(heading);
    else sections.set(anchor, `${sections.get(anchor) ?? ''}${line}\n`);
  }
  return sections;
}
const sections = sectionsOf(page);
const section = (anchor: string): string => sections.get(anchor) ?? '';

/** The cells of the rows of the tables in a section, without the head. */
const rowsOf = (anchor: string): readonly (readonly string[])[] =>
  section(anchor)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );

const scalar = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const projectSchema = z.object({
  config: z.record(
    z.string(),
    z.union([
      z.object({ type: z.string(), default: scalar, description: z.string() }),
      z.string(),
      z.object({ value: z.unknown() }),
    ]),
  ),
});
const settings = Object.entries(projectSchema.parse(parse(read('Pulumi.yaml'))).config).flatMap(
  ([key, value]) => (typeof value === 'object' && 'type' in value ? [{ key, ...value }] : []),
);
const shown = (value: z.infer<typeof scalar>): string =>
  Array.isArray(value) ? value.join(', ') || 'empty list' : String(value) || 'empty';
const stacks = ['dev', 'staging', 'prod'] as const;
const stackConfig = stacks.map(
  (stack) =>
    z.object({ config: z.record(z.string(), scalar) }).parse(parse(read(`Pulumi.${stack}.yaml`))).config,
);

const alarms = (Object.keys(alarmTable) as AlarmedKind[]).flatMap((kind) =>
  alarmTable[kind].rules.map((rule) => ({ kind, rule, anchor: runbookOf(kind, rule).split('#')[1] ?? '' })),
);

describe('the runbook (A70, C89)', () => {
  for (const { kind, rule, anchor } of alarms) {
    it(`says what the alarm means, where to look, what to do and when it is over: ${kind} ${rule.name}`, () => {
      for (const part of ['Means', 'Look first', 'Do', 'Over when'])
        expect(section(anchor), anchor).to.match(new RegExp(String.raw`\*\*${part}\.\*\* .{20,}`, 'v'));
    });

    it(`names something to run or to open at first: ${kind} ${rule.name}`, () => {
      expect(/\*\*Look first\.\*\* (?<text>.+)/v.exec(section(anchor))?.groups?.['text']).to.match(
        /`|dashboard|X-Ray|Health/iv,
      );
    });
  }

  it('has no section about an alarm that does not exist', () => {
    const about = [...sections].filter(([, text]) => text.includes('**Means.**')).map(([anchor]) => anchor);
    expect(about).to.have.members(alarms.map(({ anchor }) => anchor));
  });
});

describe('docs/operate.md', () => {
  it('lists every setting with type, default and meaning, as Pulumi.yaml has them', () => {
    expect(rowsOf('settings')).to.deep.equal(
      settings.map(({ key, type, default: value, description }) => [key, type, shown(value), description]),
    );
  });

  it('lists the settings in which the stacks differ (A71)', () => {
    const differing = settings.filter(({ key }) =>
      stackConfig.some((config) => Object.hasOwn(config, `greenroom:${key}`)),
    );
    expect(rowsOf('stacks')).to.deep.equal(
      differing.map(({ key, default: value }) =>
        [key].concat(stackConfig.map((config) => shown(config[`greenroom:${key}`] ?? value))),
      ),
    );
  });

  it('lists every output of a stack with its meaning (A55)', () => {
    expect(rowsOf('outputs')).to.deep.equal(
      Object.entries(stackOutputs).map(([name, meaning]) => [name, meaning.replaceAll('`', '')]),
    );
  });

  it('links only to sections and files that exist', () => {
    const links = [...page.matchAll(/\]\((?!https?:)(?<to>[^\)]+)\)/gv)].map(
      (match) => match.groups?.['to'] ?? '',
    );
    expect(links.length).to.be.greaterThan(20);
    const broken = links.filter((link) => {
      const [path = '', anchor] = link.split('#');
      if (path !== '') return !existsSync(join(root, 'docs', path));
      return !sections.has(anchor ?? '');
    });
    expect(broken).to.deep.equal([]);
  });

  it('names only folders and files of this project', () => {
    const named = [
      ...page.matchAll(
        /`(?<path>(?:systems|domain|components|images|services|policy|plan|cli|\.github)\/[\w.\/\-]*)`/gv,
      ),
    ].map((match) => match.groups?.['path'] ?? '');
    expect(named.length).to.be.greaterThan(5);
    expect(named.filter((path) => !existsSync(join(root, path)))).to.deep.equal([]);
  });

  it('names only commands of ./greenroom that exist', () => {
    const commands = new Set(
      [...page.matchAll(/\.\/greenroom (?<name>[a-z]+)/gv)].map((match) => match.groups?.['name']),
    );
    const known = new Set(
      [...read('cli/main.ts').matchAll(/(?<name>[a-z]+)Command\(/gv)].map((match) => match.groups?.['name']),
    );
    expect([...commands]).to.include.members(['plan', 'status', 'dlq', 'redrive', 'reconcile']);
    expect([...commands].filter((name) => !known.has(name))).to.deep.equal([]);
  });
});

const policySchema = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z
    .array(
      z.strictObject({
        Sid: z
          .string()
          .regex(/^[A-Za-z0-9]+$/v)
          .optional(),
        Effect: z.literal('Allow'),
        Principal: z.strictObject({ Federated: z.string() }).optional(),
        Action: z.union([z.string(), z.array(z.string())]),
        Resource: z.union([z.string(), z.array(z.string())]).optional(),
        Condition: z
          .record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())])))
          .optional(),
      }),
    )
    .min(1),
});
const policies = [...section('roles-for-ci').matchAll(/```json\n(?<json>.+?)```/gsv)].map((match) =>
  policySchema.parse(JSON.parse(match.groups?.['json'] ?? '')),
);
const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;
const statements = policies.flatMap(({ Statement }) => Statement);

describe('the roles for CI in docs/operate.md (A52)', () => {
  it('are a trust policy, what a deployment may do, and what a preview may do', () => {
    expect(policies).to.have.length(3);
  });

  it('are lent to one repository and one environment, and to nobody else', () => {
    const [trust] = policies[0]?.Statement ?? [];
    expect(trust?.Action).to.equal('sts:AssumeRoleWithWebIdentity');
    expect(trust?.Condition).to.deep.equal({
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': 'repo:OWNER/REPOSITORY:environment:prod',
      },
    });
  });

  it('never allow a whole service, and all resources only where the statement says why', () => {
    for (const { Sid, Action, Resource, Condition } of statements) {
      expect(
        listOf(Action).filter((action) => /:\*$|^\*/v.test(action)),
        Sid,
      ).to.deep.equal([]);
      const isEverything = listOf(Resource).includes('*');
      if (isEverything) expect(Sid === 'KnowNoResources' || Condition !== undefined, Sid).to.equal(true);
    }
  });

  it('touch no recording and hand roles to three services only', () => {
    const buckets = statements.find(({ Sid }) => Sid === 'Buckets');
    expect(
      listOf(buckets?.Action).filter((action) => /:(?:Get|Put|Delete)Object/v.test(action)),
    ).to.deep.equal([]);
    const passing = statements.filter(({ Action }) => listOf(Action).includes('iam:PassRole'));
    expect(passing).to.have.length(1);
    expect(passing[0]?.Condition?.['StringEquals']).to.have.property('iam:PassedToService').with.length(3);
  });

  it('let a preview read and change nothing', () => {
    const actions = (policies[2]?.Statement ?? []).flatMap(({ Action }) => listOf(Action));
    expect(actions).to.have.members(['s3:ListBucket', 's3:GetObject', 'kms:Decrypt']);
  });

  it('fit into a role', () => {
    for (const policy of policies) expect(JSON.stringify(policy).length).to.be.at.most(10_240);
  });
});
