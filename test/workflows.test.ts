// Do the workflows keep to the rules that make them safe to run on anybody's pull request?
import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { z } from 'zod';
import { planStack } from '../plan/plan-stack.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, '.github', 'workflows');

const permissionsSchema = z.record(z.string(), z.enum(['read', 'write', 'none']));
const stepSchema = z.strictObject({
  name: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
});
const jobSchema = z.strictObject({
  name: z.string().optional(),
  if: z.string().optional(),
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  strategy: z.unknown().optional(),
  environment: z.string().optional(),
  permissions: permissionsSchema,
  'runs-on': z.string().optional(),
  'timeout-minutes': z.int().optional(),
  env: z.record(z.string(), z.string()).optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  steps: z.array(stepSchema).default([]),
});
const workflowSchema = z.strictObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: permissionsSchema,
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean() }).optional(),
  defaults: z.strictObject({ run: z.strictObject({ shell: z.string() }) }).optional(),
  jobs: z.record(z.string(), jobSchema),
});
type Workflow = z.infer<typeof workflowSchema>;

const read = (text: string): Workflow => workflowSchema.parse(parse(text));
const files = globSync('*.yml', { cwd: folder }).map((name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  return { name, text, workflow: read(text) };
});
const jobsOf = ({ jobs }: Workflow) =>
  Object.entries(jobs).flatMap(([id, job]) => Object.assign({ id }, job));
const stepsOf = (workflow: Workflow) => jobsOf(workflow).flatMap(({ steps }) => steps);

/** An hour, unless the step asks for more. */
const lentSeconds = (asked: Readonly<Record<string, unknown>> = {}): number =>
  Number(asked['role-duration-seconds'] ?? 3600);

/** What breaks a law, in words; none when all is well. */
const laws: Readonly<Record<string, (workflow: Workflow, text: string) => readonly string[]>> = {
  'pins every action by its whole hash, with its version beside it': (workflow, text) =>
    [...stepsOf(workflow), ...jobsOf(workflow)]
      .flatMap(({ uses }) => (uses === undefined || uses.startsWith('./') ? [] : [uses]))
      .filter(
        (uses) =>
          !new RegExp(String.raw`${uses} # v\d+\.\d+\.\d+\n`, 'v').test(text) ||
          !/@[0-9a-f]{40}$/v.test(uses),
      ),
  'never runs with the rights of the target of a pull request': ({ on }) =>
    ['pull_request_target', 'workflow_run', 'issue_comment'].filter((event) => event in on),
  'gives nothing to all jobs at once': ({ permissions }) => Object.keys(permissions),
  'lets a job read the code, and ask for a token only where it takes a role': (workflow) =>
    jobsOf(workflow).flatMap(({ id, permissions, steps, uses }) => {
      const takesRole =
        uses !== undefined ||
        steps.some((step) => step.uses?.startsWith('aws-actions/configure-aws-credentials@'));
      const wanted = { contents: 'read', ...(takesRole ? { 'id-token': 'write' } : {}) };
      return JSON.stringify(permissions) === JSON.stringify(wanted) ? [] : [id];
    }),
  'knows no secret': (_, text) => text.match(/secrets\s*[.:\[]/gv) ?? [],
  'takes a role by token, never by key': (workflow) =>
    stepsOf(workflow)
      .flatMap((step) => Object.keys(step.with ?? {}))
      .filter((name) => /access-key|session-token/v.test(name)),
  'puts no expression into a script': (workflow) =>
    stepsOf(workflow).flatMap(({ run }) => (run?.includes('${{') ? [run] : [])),
  'stops a script at its first error': ({ defaults, ...workflow }) =>
    stepsOf({ ...workflow, defaults }).some(({ run }) => run !== undefined) &&
    defaults?.run.shell !== 'bash --noprofile --norc -euo pipefail {0}'
      ? ['another shell']
      : [],
  'leaves no token of its own behind in the checkout': (workflow) =>
    stepsOf(workflow)
      .filter(({ uses }) => uses?.startsWith('actions/checkout@'))
      .flatMap((step) => (step.with?.['persist-credentials'] === false ? [] : ['checkout'])),
  'gives every job a time to end': (workflow) =>
    jobsOf(workflow).flatMap((job) =>
      job.uses === undefined && (job['timeout-minutes'] ?? Infinity) > 90 ? [job.id] : [],
    ),
  'lends a role for as long as its job may take': (workflow) =>
    jobsOf(workflow)
      .filter(({ steps, ...job }) =>
        steps
          .filter(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'))
          .some((step) => lentSeconds(step.with) < 60 * (job['timeout-minutes'] ?? Infinity)),
      )
      .map(({ id }) => id),
};

const workflowOf = (name: string): Workflow => read(files.find((file) => file.name === name)?.text ?? '');
const good = files.find(({ name }) => name === 'preview.yml')?.text ?? '';
/** One change for each law that breaks it. */
const mutants: Readonly<Record<string, (text: string) => string>> = {
  'pins every action by its whole hash, with its version beside it': (text) =>
    text.replace(/checkout@[0-9a-f]{40}/v, 'checkout@v6'),
  'never runs with the rights of the target of a pull request': (text) =>
    text.replace('pull_request:', 'pull_request_target:'),
  'gives nothing to all jobs at once': (text) =>
    text.replace('permissions: {}', 'permissions: { contents: read }'),
  'lets a job read the code, and ask for a token only where it takes a role': (text) =>
    text.replace('contents: read', 'contents: write'),
  'knows no secret': (text) => text.replace('vars.AWS_REGION', 'secrets.AWS_REGION'),
  'takes a role by token, never by key': (text) => text.replace('role-to-assume:', 'aws-access-key-id:'),
  'puts no expression into a script': (text) =>
    text.replace('npm ci', 'npm ci ${{ github.event.pull_request.title }}'),
  'stops a script at its first error': (text) => text.replace('-euo pipefail', '-e'),
  'leaves no token of its own behind in the checkout': (text) =>
    text.replace('persist-credentials: false', 'persist-credentials: true'),
  'gives every job a time to end': (text) => text.replace('timeout-minutes: 10', 'name: endless'),
  'lends a role for as long as its job may take': (text) =>
    text.replace('timeout-minutes: 15', 'timeout-minutes: 61'),
};

describe('the workflows (A71, A77)', () => {
  it('are the four that docs/operate.md speaks of', () => {
    expect(files.map(({ name }) => name)).to.have.members([
      'check.yml',
      'deploy-stack.yml',
      'deploy.yml',
      'preview.yml',
    ]);
  });

  for (const [law, broken] of Object.entries(laws)) {
    for (const { name, workflow, text } of files)
      it(`${law}: ${name}`, () => {
        expect(broken(workflow, text)).to.deep.equal([]);
      });

    it(`${law}: a change that does not is found`, () => {
      const changed = mutants[law]?.(good) ?? good;
      expect(changed).not.to.equal(good);
      expect(broken(read(changed), changed)).not.to.deep.equal([]);
    });
  }

  it('deploy dev before staging before prod, each in the environment that approves it', () => {
    const { dev, staging, prod } = workflowOf('deploy.yml').jobs;
    expect([dev?.needs, staging?.needs, prod?.needs]).to.deep.equal([undefined, 'dev', 'staging']);
    expect([dev, staging, prod].map((job) => job?.with)).to.deep.equal([
      { stack: 'dev' },
      { stack: 'staging' },
      { stack: 'prod' },
    ]);
    expect(workflowOf('deploy-stack.yml').jobs['deploy']?.environment).to.equal('${{ inputs.stack }}');
  });

  it('never cancel a deployment half-way', () => {
    expect(workflowOf('deploy-stack.yml').concurrency?.['cancel-in-progress']).to.equal(false);
  });

  it('lock each stack by itself, so that a commit waiting for prod stops no other on its way to dev', () => {
    // A lock of the whole would hold what waits for prod's approval, and could cancel it.
    expect(workflowOf('deploy.yml').concurrency).to.equal(undefined);
    expect(workflowOf('deploy-stack.yml').concurrency?.group).to.equal('stack-${{ inputs.stack }}');
    const jobs = Object.values(workflowOf('deploy.yml').jobs);
    expect(jobs.map(({ uses }) => uses)).to.deep.equal(
      jobs.map(() => './.github/workflows/deploy-stack.yml'),
    );
  });

  for (const [architecture, asked] of [
    ['arm64', 'arm64'],
    ['x86_64', 'amd64'],
  ] as const)
    it(`push images of the processor that the stack says, whatever the machine's is: ${architecture}`, async () => {
      const script = stepsOf(workflowOf('deploy-stack.yml')).find(({ run }) =>
        run?.includes('images push'),
      )?.run;
      expect(script).to.match(
        /plan "\$STACK" --json > plan\.json\n.+images push "\$repository" --arch "\$architecture"/sv,
      );
      const line = /^architecture=.+?^'\)/msv.exec(script ?? '')?.[0] ?? 'exit 1';
      const place = mkdtempSync(join(tmpdir(), 'workflow-'));
      try {
        const plan = await planStack({ stack: 'dev', overrides: { 'greenroom:architecture': architecture } });
        writeFileSync(join(place, 'plan.json'), JSON.stringify(plan));
        const said = execFileSync('bash', ['-euo', 'pipefail', '-c', `${line}\necho "$architecture"`], {
          cwd: place,
          encoding: 'utf8',
        });
        expect(said).to.equal(`${asked}\n`);
      } finally {
        rmSync(place, { recursive: true });
      }
    }).timeout(120_000);

  it('give forks no token, and nobody a preview that builds', () => {
    const preview = workflowOf('preview.yml').jobs['preview'];
    expect(preview?.if).to.include('head.repo.full_name == github.repository');
    expect(JSON.stringify(preview?.steps))
      .to.include('greenroom:imageMode pinned')
      .and.not.match(/docker|images push/v);
  });

  it('hold the laws against every preview and every deployment', () => {
    const commands = files
      .flatMap(({ workflow }) => stepsOf(workflow))
      .flatMap(({ run = '' }) => run.match(/pulumi (?:up|preview|destroy).*/gv) ?? []);
    expect(commands).to.have.length(2);
    for (const command of commands) expect(command).to.include('--policy-pack policy');
  });

  it('say what to do where a stack was never deployed, and deploy nothing where nothing is set up', () => {
    const asking = files
      .flatMap(({ workflow }) => stepsOf(workflow))
      .flatMap(({ run = '' }) => run.match(/pulumi stack output Image.+\n.+/gv) ?? []);
    expect(asking).to.have.length(2);
    for (const lines of asking) expect(lines).to.include('The first deployment');
    expect(workflowOf('deploy.yml').jobs['dev']?.if).to.equal("vars.PULUMI_BACKEND_URL != ''");
  });

  it('run all suites of tests, in a browser that plays H.264', () => {
    const { strategy, steps = [] } = workflowOf('check.yml').jobs['test'] ?? {};
    expect(strategy).to.deep.include({ matrix: { suite: ['main', 'aws', 'images'] } });
    const commands = steps.flatMap(({ run }) => run ?? []);
    const linked = commands.findIndex((run) => run.endsWith('google-chrome /usr/bin/chromium'));
    const tested = commands.findIndex((run) => run.includes('greenroom test'));
    expect(linked).to.be.within(0, tested - 1);
  });

  it('end with a look at all that a browser asks for, and fail where one of it does not answer', () => {
    const { steps = [] } = workflowOf('deploy-stack.yml').jobs['deploy'] ?? {};
    const place = mkdtempSync(join(tmpdir(), 'workflow-'));
    const script = steps.at(-1)?.run ?? 'exit 1';
    const fakes = `pulumi() { case "$3" in SiteUrl) echo https://site.example/;; *) echo https://api.example/Prod;; esac; }
      curl() { echo "\${@: -1}" >> asked; [ "\${@: -1}" != "\${BROKEN:-}" ]; }`;
    const run = (broken: string) =>
      spawnSync('bash', ['-euo', 'pipefail', '-c', `${fakes}\n${script}`], {
        cwd: place,
        env: { ...process.env, STACK: 'dev', BROKEN: broken },
      }).status;
    try {
      expect(run('')).to.equal(0);
      const asked = readFileSync(join(place, 'asked'), 'utf8').trim().split('\n');
      const site = 'https://site.example/';
      expect(asked).to.deep.equal([
        'https://api.example/Prod/health',
        site,
        `${site}config.json`,
        `${site}api/health`,
      ]);
      for (const address of asked) expect(run(address), address).to.not.equal(0);
    } finally {
      rmSync(place, { recursive: true });
    }
  });

  it('use the Pulumi that the program is written for', () => {
    const { dependencies } = z
      .object({ dependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
    const versions = files
      .flatMap(({ workflow }) => stepsOf(workflow))
      .flatMap((step) => step.with?.['pulumi-version'] ?? []);
    expect(versions).to.deep.equal(versions.map(() => dependencies['@pulumi/pulumi']));
    expect(versions).to.have.length(2);
  });
});
