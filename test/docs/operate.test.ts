// Does the operators' document say what the program is, and is there a runbook for every alarm?
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { z } from 'zod';
import { costOf, totalUsd } from '../../plan/cost/cost.ts';
import { planStack } from '../../plan/plan-stack.ts';
import { alarmTable, runbookOf, type AlarmedKind } from '../../systems/alarms.ts';
import { retryTable } from '../../systems/interview/faults.ts';
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

/** MiB of the largest function that a stack has. */
async function largestMemory(stack: string): Promise<number> {
  const { resources } = await planStack({ stack });
  return Math.max(
    ...resources
      .filter(({ type }) => type === 'aws:lambda/function:Function')
      .map(({ inputs }) => Number(inputs['memorySize'])),
  );
}

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

  it('says how long a refused call waits for its turn, as the state machine lets it', () => {
    const full = retryTable.find(({ ErrorEquals }) =>
      ErrorEquals.includes('Lambda.TooManyRequestsException'),
    );
    const { IntervalSeconds = 0, MaxAttempts = 0, BackoffRate = 1, MaxDelaySeconds = Infinity } = full ?? {};
    const waits = Array.from({ length: MaxAttempts }, (_, attempt) =>
      Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds),
    );
    const atMost = waits.reduce((sum, seconds) => sum + seconds, 0) / 60;
    const said =
      /tried again (?<times>\w+) times, over about (?<mean>\d+) minutes on average and (?<most>\d+) at most/v.exec(
        section('function-throttles'),
      )?.groups;
    expect(full?.JitterStrategy).to.equal('FULL');
    expect([said?.['times'], MaxAttempts]).to.deep.equal(['ten', 10]);
    expect(Number(said?.['mean'])).to.be.closeTo(atMost / 2, 1);
    expect(Number(said?.['most'])).to.be.closeTo(atMost, 1);
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

  it('says what each stack costs, within a tenth of the model (C66)', async function () {
    this.timeout(180_000);
    const rows = rowsOf('costs');
    expect(rows.map(([stack]) => stack)).to.deep.equal([...stacks]);
    for (const [stack = '', monthly, perMinute] of rows) {
      const cost = costOf(await planStack({ stack }));
      for (const [said, modelled] of [
        [Number(monthly), totalUsd(cost.monthly)],
        [Number(perMinute), totalUsd(cost.perMinute)],
      ] as const)
        expect(said / modelled, stack).to.be.within(0.9, 1.1);
    }
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

  it('deploys and previews under the laws, wherever it shows how', () => {
    const commands = [...sections]
      .filter(([anchor]) => ['deploy', 'is-the-deployment-good'].includes(anchor))
      .flatMap(([, text]) => text.match(/pulumi (?:up|preview) --.*/gv) ?? []);
    expect(commands).to.have.length(2);
    for (const command of commands) expect(command).to.include('--policy-pack policy');
  });

  it('says what an older Node does, and which path leads to the one that npm installs', () => {
    const { engines, optionalDependencies } = z
      .object({
        engines: z.object({ node: z.string() }),
        optionalDependencies: z.record(z.string(), z.string()),
      })
      .parse(JSON.parse(read('package.json')));
    const major = engines.node.replace('>=', '');
    const brought = Object.entries(optionalDependencies).filter(([name]) => name.startsWith('node-'));
    expect(brought).to.have.length(3);
    for (const [name, version] of brought) expect(version.split('.')[0], name).to.equal(major);
    expect(section('deploy'))
      .to.include(`Node ${major} or newer`)
      .and.include('ERR_UNKNOWN_FILE_EXTENSION')
      .and.include('export PATH="$PWD/node_modules/.bin:$PATH"');
  });

  it('names what no tag can be hung on, which the budget therefore does not see', () => {
    const [, counted = ''] = section('costs').split('**What the budget counts**');
    expect(counted).to.match(
      /Amazon Transcribe carry it.+Amazon Rekognition.+Amazon Bedrock cannot be tagged/sv,
    );
  });

  it('names the quotas of Lambda that a new account lacks, with what each stack asks', async () => {
    const [dev = 0, staging = 0, prod = 0] = await Promise.all(stacks.map(largestMemory));
    expect(dev, 'a new account can run dev').to.be.at.most(3008);
    expect(staging).to.equal(prod);
    expect(section('quotas-of-a-new-account'))
      .to.include(`dev ${String(dev)} MiB, staging and prod ${String(prod)} MiB`)
      .and.include('accountConcurrency')
      .and.include('"convert-video":3008');
    expect(section('deploy')).to.include('#quotas-of-a-new-account');
  }).timeout(120_000);

  it('has the lines committed that open the state, before CI needs them', () => {
    for (const anchor of ['deploy', 'preview-and-deployment-in-ci'])
      expect(section(anchor), anchor).to.include('`secretsprovider`').and.include('`encryptedkey`');
  });

  it('pushes before it pins, once the builds are out of the state of a stack', () => {
    const [, afterwards = ''] = section('the-first-deployment').split('nobody uses `build` on it any more');
    const order = ['images push', '--arch', 'imageMode pinned', 'imageDigests', 'pulumi up'];
    const places = order.map((step) => afterwards.indexOf(step));
    expect(places).not.to.include(-1);
    expect(places).to.deep.equal(places.toSorted((one, other) => one - other));
  });

  it('lets roles be lent for as long as the workflow asks', () => {
    const asked = /role-duration-seconds: (?<seconds>\d+)/v.exec(read('.github/workflows/deploy-stack.yml'));
    expect(section('preview-and-deployment-in-ci')).to.include(
      `--max-session-duration ${asked?.groups?.['seconds'] ?? '?'}`,
    );
  });

  it('keeps the environment dev to the branch main too', () => {
    expect(section('preview-and-deployment-in-ci')).to.match(/"only the branch main"[^,]*, \*\*dev too\*\*/v);
  });

  it('says which file lets a stack of one’s own lose its data', () => {
    expect(section('stacks')).to.match(/`protectData: false`.+`policy\/disposable-stacks\.ts`/v);
  });

  it('names the tag that the budget counts by', async () => {
    const { resources } = await planStack({ stack: 'dev' });
    const filters = resources.find(({ type }) => type === 'aws:budgets/budget:Budget')?.inputs['costFilters'];
    const [, tag = '?'] = /user:(\w+)\$greenroom-dev/v.exec(JSON.stringify(filters)) ?? [];
    expect(page).to.include(`**Activate the tag \`${tag}\`**`);
  }).timeout(60_000);

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
