// Does the whole program deploy what it should, in every stack, and nothing by accident?
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import deploy from '../../index.ts';
import { interview } from '../../systems/interview/system.ts';
import { stackOutputs } from '../../systems/outputs.ts';
import { capture, type CapturedStack, configOf, ofType, only } from './captured-stack.ts';

const stacks = ['dev', 'staging', 'prod'] as const;
const inventoryFile = (stack: string): string => join(import.meta.dirname, 'inventory', `${stack}.txt`);

/** One line a resource, so that a reviewer sees what a change adds or takes away; the app's files are its own matter. */
const inventoryOf = ({ resources }: CapturedStack): string =>
  resources
    .filter(({ type, inputs }) => !(type === 'aws:s3/bucketObjectv2:BucketObjectv2' && 'source' in inputs))
    .map(({ type, name }) => `${type} ${name}\n`)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join('');

/** What holds data or is needed to read it. */
const stateful = [
  'aws:cognito/userPool:UserPool interview-users',
  'aws:dynamodb/table:Table interview-preferences',
  'aws:dynamodb/table:Table interview-records',
  'aws:kms/key:Key foundation-key',
  'aws:s3/bucket:Bucket foundation-access-logs',
  'aws:s3/bucket:Bucket interview-media',
  'aws:s3/bucket:Bucket interview-site',
  'awsx:ecr:Repository foundation-images',
];

const forced = (stack: CapturedStack): unknown[] =>
  ofType(stack, 'aws:s3/bucket:Bucket').map(({ inputs }) => inputs['forceDestroy']);

const policiesIn = (stack: CapturedStack): string =>
  JSON.stringify(ofType(stack, 'aws:iam/rolePolicy:RolePolicy').map(({ inputs }) => inputs['policy']));

const sizesIn = (stack: CapturedStack): Record<string, unknown> =>
  Object.fromEntries(
    ofType(stack, 'aws:lambda/function:Function').map(({ name, inputs }) => [name, inputs['memorySize']]),
  );

describe('the program', function () {
  // Every capture bundles the functions; on a busy machine that takes its time.
  this.timeout(240_000);
  const captured = new Map<string, CapturedStack>();
  const of = (stack: string): CapturedStack => {
    const found = captured.get(stack);
    if (!found) throw new Error(`${stack} was not captured`);
    return found;
  };
  const named = (
    stack: string,
    wanted: (resource: CapturedStack['resources'][number]) => boolean,
  ): string[] =>
    of(stack)
      .resources.filter(wanted)
      .map(({ type, name }) => `${type} ${name}`)
      .toSorted();

  before(async () => {
    for (const stack of stacks)
      captured.set(stack, await capture(deploy, { stack, config: configOf(stack) }));
    captured.set('preview', await capture(deploy, { preview: true }));
  });

  for (const stack of stacks) {
    it(`deploys to ${stack} exactly what its inventory lists (A71)`, () => {
      const inventory = inventoryOf(of(stack));
      // After a wanted change: GREENROOM_WRITE_INVENTORY=1 ./greenroom test test/components/program.test.ts
      if (process.env['GREENROOM_WRITE_INVENTORY']) writeFileSync(inventoryFile(stack), inventory);
      expect(inventory).to.equal(readFileSync(inventoryFile(stack), 'utf8'));
    });
  }

  it('registers the same resources in a preview, when nothing is known yet', () => {
    expect(inventoryOf(of('preview'))).to.equal(inventoryOf(of('dev')));
  });

  it('keeps in prod what holds data, and only there (B14)', () => {
    expect(named('prod', ({ protect }) => protect)).to.deep.equal(stateful);
    expect(named('prod', ({ protect, retainOnDelete }) => protect && !retainOnDelete)).to.deep.equal([]);
    expect(named('dev', ({ protect }) => protect)).to.deep.equal([]);
  });

  it('empties buckets before deleting them only where data is disposable', () => {
    expect(forced(of('dev'))).to.deep.equal([true, true, true]);
    expect(forced(of('prod'))).to.deep.equal([false, false, false]);
  });

  it('deploys the systems that the stack names, and without one only what systems share', async () => {
    const config = { ...configOf('dev'), 'greenroom:systems': '[]' };
    const shared = await capture(deploy, { config });
    const names = shared.resources.map(({ type, name }) => `${type} ${name}`);
    expect(names).to.include('awsx:ecr:Repository foundation-images');
    expect(names.filter((name) => name.includes(' interview'))).to.deep.equal([]);
    expect(shared.outputs).to.include.keys('ImageRepositoryUrl', 'AlarmTopicArn');
    expect(shared.outputs).to.not.have.any.keys('MediaBucketName', 'StateMachineArn');
  });

  it('makes every AWS resource with a provider that tags it with project, stack and system (B54)', () => {
    const strays = named('dev', ({ type, provider }) => type.startsWith('aws:') && provider === '');
    expect(strays).to.deep.equal([]);
    const providers = ofType(of('dev'), 'pulumi:providers:aws');
    expect(providers.map(({ inputs }) => JSON.parse(String(inputs['defaultTags'])) as unknown)).to.deep.equal(
      ['foundation', 'interview'].map((system) => ({
        tags: {
          project: 'greenroom',
          stack: 'dev',
          deployment: 'greenroom-dev',
          system,
          'managed-by': 'pulumi',
        },
      })),
    );
  });

  it('counts the cost of the stack by a tag that everything in it has, and nothing else (C66)', () => {
    for (const stack of stacks)
      expect(only(of(stack), 'aws:budgets/budget:Budget').inputs['costFilters'], stack).to.deep.equal([
        { name: 'TagKeyValue', values: [`user:deployment$greenroom-${stack}`] },
      ]);
  });

  it('sends pictures and words to no other service until the owner wants it (A18, A52)', async () => {
    for (const stack of stacks) expect(policiesIn(of(stack)), stack).to.not.match(/rekognition:|bedrock:/);
    const config = { ...configOf('dev'), 'greenroom:pictureLabels': 'rekognition' };
    expect(policiesIn(await capture(deploy, { config }))).to.include('rekognition:DetectLabels');
  });

  it('gives every resource a parent, and the stack only components and providers as children', () => {
    const children = of('dev').resources.filter(({ parent }) => parent.includes('pulumi:pulumi:Stack'));
    expect(children.map(({ type }) => type.split(':')[0]).filter((kind) => kind === 'aws')).to.deep.equal([]);
    expect(of('dev').resources.filter(({ parent }) => parent === '')).to.have.length(1);
  });

  it('leaves no output in a text, and nothing undefined', () => {
    const leaks = of('dev').resources.filter(({ inputs }) =>
      /Calling \[toString\]|undefined|\[object Object\]/.test(JSON.stringify(inputs)),
    );
    expect(leaks.map(({ name }) => name)).to.deep.equal([]);
  });

  it('leaves room in every name for the project, the longest stack name and a random part (A83, B53)', () => {
    const most: readonly (readonly [type: string, characters: number])[] = [
      ['aws:lambda/function:Function', 64],
      ['aws:iam/role:Role', 64],
      ['aws:s3/bucket:Bucket', 63],
      ['aws:sqs/queue:Queue', 80],
      ['aws:cloudwatch/eventRule:EventRule', 64],
      ['aws:sfn/stateMachine:StateMachine', 80],
      ['aws:cloudfront/function:Function', 64],
      ['aws:cloudfront/originAccessControl:OriginAccessControl', 64],
      ['aws:cloudwatch/logDeliverySource:LogDeliverySource', 60],
      ['aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination', 60],
    ];
    const added = 'greenroom-'.length + 12 + '-'.length + '-1234567'.length;
    const long = most.flatMap(([type, characters]) =>
      ofType(of('dev'), type).filter(({ name }) => added + name.length > characters),
    );
    expect(long.map(({ type, name }) => `${type} ${name}`)).to.deep.equal([]);
  });

  it('tells everything that is promised about a stack (A55)', () => {
    expect(Object.keys(of('dev').outputs).toSorted()).to.deep.equal(Object.keys(stackOutputs).toSorted());
    expect(Object.values(of('dev').outputs)).to.not.include(undefined);
  });

  it('gives every stage one function, with the memory of the specification unless the stack sets another', () => {
    const specified = Object.fromEntries(
      interview.stages.map(({ name, memoryMiB }) => [`interview-${name}`, memoryMiB]),
    );
    expect(sizesIn(of('prod'))).to.deep.equal(specified);
    expect(sizesIn(of('dev'))).to.deep.equal({ ...specified, 'interview-convert-video': 3008 });
  });

  it('needs neither Docker nor a build where images are pinned', async () => {
    const digest = `sha256:${'1'.repeat(64)}`;
    const digests = Object.fromEntries(interview.stages.map(({ name }) => [name, digest]));
    const pinned = await capture(deploy, {
      config: {
        ...configOf('dev'),
        'greenroom:imageMode': 'pinned',
        'greenroom:imageDigests': JSON.stringify(digests),
      },
    });
    expect(ofType(pinned, 'docker-build:index:Image')).to.deep.equal([]);
    expect(only(pinned, 'aws:lambda/function:Function', 'interview-read-health').inputs['imageUri']).to.equal(
      `123456789012.dkr.ecr.us-east-1.amazonaws.com/foundation-images@${digest}`,
    );
    const built = named('dev', ({ type }) => type !== 'docker-build:index:Image');
    expect(pinned.resources.map(({ type, name }) => `${type} ${name}`).toSorted()).to.deep.equal(built);
  });
});
