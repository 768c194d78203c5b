// Are mistakes in a stack's configuration found, all of them, before anything is deployed?
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { SettingsError, settingsFrom, settingsTable, type Settings } from '../settings.ts';
import { limits } from '../domain/recording.ts';
import { interview } from '../systems/interview/system.ts';
import { configOf } from './components/captured-stack.ts';

const root = join(import.meta.dirname, '..');
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const project = parse(textOf('Pulumi.yaml')) as {
  config: Record<string, { type: string; default: unknown; description: string }>;
};
/** What Pulumi.yaml declares for the program itself; keys with a namespace are read by others. */
const declared = Object.entries(project.config).filter(([key]) => !key.includes(':'));

const identity = { project: 'greenroom', stack: 'dev' };
const settings = (changes: Record<string, string> = {}): Settings =>
  settingsFrom(
    {
      ...configOf('dev'),
      ...Object.fromEntries(Object.entries(changes).map(([key, value]) => [`greenroom:${key}`, value])),
    },
    identity,
  );

const stackNamed = (stack: string): Settings =>
  settingsFrom(configOf('dev'), { project: 'greenroom', stack });

function mistakesIn(changes: Record<string, string>): readonly string[] {
  try {
    settings(changes);
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    throw error;
  }
  return [];
}

const digest = `sha256:${'a'.repeat(64)}`;
const digests = Object.fromEntries(interview.stages.map(({ name }) => [name, digest]));

describe('settings', () => {
  it('are declared in Pulumi.yaml, each with the same type and default', () => {
    const here = Object.entries(settingsTable).map(([key, { notation, fallback }]) => [
      key,
      notation === 'map' ? 'string' : notation,
      notation === 'map' ? JSON.stringify(fallback) : fallback,
    ]);
    expect(here).to.deep.equal(declared.map(([key, { type, default: value }]) => [key, type, value]));
  });

  it('are described in Pulumi.yaml and, in the same words, in docs/settings.md', () => {
    const rows = declared.map(([key, { type, default: value, description }]) => {
      const shown = Array.isArray(value) ? value.join(', ') : String(value);
      return `| \`${key}\` | ${type} | ${shown === '' ? '(empty)' : `\`${shown}\``} | ${description} |`;
    });
    const table = textOf('docs/settings.md')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    expect(table.map((line) => line.replaceAll(/ +/g, ' '))).to.deep.equal(rows);
    expect(declared.filter(([, { description }]) => !description)).to.deep.equal([]);
  });

  for (const stack of ['dev', 'staging', 'prod']) {
    it(`of ${stack} are valid`, () => {
      expect(settingsFrom(configOf(stack), { project: 'greenroom', stack }).stack).to.equal(stack);
    });
  }

  it('of the stacks differ in sizes, protection, retention, addresses, recipients and who may sign up only (A71)', () => {
    const keys = ['dev', 'staging', 'prod'].flatMap((stack) =>
      Object.keys((parse(textOf(`Pulumi.${stack}.yaml`)) as { config: object }).config),
    );
    const sizes = /:(stageMemoryMiB|reservedConcurrencyPercent|throttle(Rate|Burst)|monthlyBudgetUsd)$/;
    const others = /:(protectData|\w+RetentionDays|siteOrigins|selfSignUp|alarmEmails)$/;
    expect([...new Set(keys)].filter((key) => !sizes.test(key) && !others.test(key))).to.deep.equal([]);
  });

  it('cannot be changed once they are read', () => {
    const read = settings();
    expect(Object.isFrozen(read)).to.equal(true);
    expect(Object.isFrozen(read.retentionDays)).to.equal(true);
  });

  it('reads every notation', () => {
    const read = settings({ throttleRate: '7', auditTrail: 'true', alarmEmails: '["a@example.com"]' });
    expect(read).to.include({ throttleRate: 7, auditTrail: true });
    expect(read.alarmEmails).to.deep.equal(['a@example.com']);
    expect(settings({ stageMemoryMiB: '{"convert-video":3008}' }).stageMemoryMiB).to.deep.equal({
      'convert-video': 3008,
    });
  });

  const refused: readonly (readonly [key: keyof typeof settingsTable, value: string])[] = [
    ['systems', '["interview","interview"]'],
    ['systems', '["interviews"]'],
    ['architecture', 'arm'],
    ['imageMode', 'none'],
    ['imageDigests', '{"convert-video":"latest"}'],
    ['stageMemoryMiB', '{"convert-vidio":512}'],
    ['stageMemoryMiB', '{"convert-video":64}'],
    ['reservedConcurrencyPercent', '-1'],
    ['accountConcurrency', 'many'],
    ['network', 'vpc'],
    ['protectData', 'yes'],
    ['uploadsRetentionDays', '0'],
    ['recordsRetentionDays', '1.5'],
    ['logRetentionDays', '10'],
    ['recordsTableSecondaryIndex', 'a'],
    ['siteOrigins', '["*"]'],
    ['siteOrigins', '["https://example.com/"]'],
    ['siteOrigins', 'https://example.com'],
    ['siteOrigins', '["http://example.com"]'],
    ['siteOrigins', '["http://localhost.example.com"]'],
    ['siteOrigins', '["http://127.0.0.1:5173"]'],
    ['siteDomain', 'https://example.com'],
    ['siteDomain', 'localhost'],
    ['siteDomain', '*.example.com'],
    ['siteDomain', 'Example.com'],
    [
      'siteCertificateArn',
      'arn:aws:acm:eu-west-1:123456789012:certificate/0a1b2c3d-0000-1111-2222-333344445555',
    ],
    ['siteCertificateArn', 'arn:aws:iam::123456789012:server-certificate/mine'],
    ['siteFolder', ' dist/web'],
    ['selfSignUp', 'yes'],
    ['secondFactor', 'sms'],
    ['recordingLimitSeconds', '59'],
    ['recordingLimitSeconds', '3601'],
    ['throttleRate', '0'],
    ['modelId', 'a model'],
    ['modelRegions', '["virginia"]'],
    ['guardrailId', 'A'],
    ['guardrailVersion', 'newest'],
    ['pictureLabels', 'on'],
    ['transcribeLanguages', '["english","german"]'],
    ['alarmEmails', '["nobody"]'],
    ['monthlyBudgetUsd', '-5'],
    ['auditTrail', '1'],
  ];
  for (const [key, value] of refused) {
    it(`refuses ${value} for ${key} and says what is allowed`, () => {
      expect(mistakesIn({ [key]: value })).to.include(`${key} must be ${settingsTable[key].allowed}`);
    });
  }

  it('takes a name of the site with its certificate, and a developer’s page', () => {
    const read = settings({
      siteDomain: 'practice.example.com',
      siteCertificateArn:
        'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-1111-2222-333344445555',
      siteOrigins: '["http://localhost:5173","https://example.com:8443"]',
    });
    expect(read.siteDomain).to.equal('practice.example.com');
    expect(read.siteOrigins).to.have.length(2);
  });

  it('lets anybody make an account in dev, and nobody in prod unless the owner says so', () => {
    const may = ['dev', 'staging', 'prod'].map(
      (stack) => settingsFrom(configOf(stack), { project: 'greenroom', stack }).selfSignUp,
    );
    expect(may).to.deep.equal([true, false, false]);
  });

  it('let the recorder run for no longer than an analysis takes', () => {
    const { schema } = settingsTable.recordingLimitSeconds;
    expect(schema.safeParse(limits.maximumSeconds).success).to.equal(true);
    expect(schema.safeParse(limits.maximumSeconds + 1).success).to.equal(false);
  });

  it('tells all mistakes at once', () => {
    const mistakes = mistakesIn({ architecture: 'arm', throttleRate: '0', sistems: '["interview"]' });
    expect(mistakes).to.have.length(3);
    expect(mistakes[0]).to.equal('greenroom:sistems is no setting; Pulumi.yaml lists them');
  });

  it('refuses a key that it does not know, and leaves those of others alone', () => {
    const config = { ...configOf('dev'), 'aws:profile': 'me' };
    expect(settingsFrom(config, identity).region).to.equal('us-east-1');
    expect(() => settingsFrom({ ...config, 'greenroom:regoin': 'x' }, identity)).to.throw('greenroom:regoin');
  });

  it('needs a region', () => {
    const { 'aws:region': region, ...rest } = configOf('dev');
    expect(region).to.equal('us-east-1');
    expect(() => settingsFrom(rest, identity)).to.throw('aws:region must be');
  });

  it('needs a short stack name, because names in AWS hold it (A83)', () => {
    expect(() => stackNamed('pull-request-1234')).to.throw('the stack must have a name');
    expect(() => stackNamed('Dev')).to.throw('the stack must have a name');
    expect(stackNamed('pr-1234').stack).to.equal('pr-1234');
  });

  for (const name of ['aws-dev', 'cognito', 'dev-amazon'])
    it(`refuses the stack name ${name}, of which Cognito would make no address to sign in on`, () => {
      expect(() => stackNamed(name)).to.throw('the stack must have a name without aws, amazon, cognito');
    });

  it('needs a digest for every image where images are pinned', () => {
    const { 'read-health': health, ...others } = digests;
    expect(health).to.equal(digest);
    const changes = { imageMode: 'pinned', imageDigests: JSON.stringify(others) };
    expect(mistakesIn(changes)).to.deep.equal([
      'imageDigests must name every image when imageMode is pinned; missing: read-health',
    ]);
    const pinned = settings({ imageMode: 'pinned', imageDigests: JSON.stringify(digests) });
    expect(pinned.images).to.deep.equal({ mode: 'pinned', digests });
  });

  const contradictions: readonly (readonly [
    name: string,
    changes: Record<string, string>,
    sentence: string,
  ])[] = [
    [
      'a reservation that leaves the account nothing',
      { accountConcurrency: '105' },
      'reservedConcurrencyPercent must leave 100 of accountConcurrency unreserved; it reserves 10 of 105',
    ],
    [
      'a reservation that alone sets off the account’s alarm (C86)',
      { accountConcurrency: '500', reservedConcurrencyPercent: '1000' },
      "reservedConcurrencyPercent must reserve less than 400 of accountConcurrency, where the account's alarm goes off; it reserves 400",
    ],
    [
      'a profile that sends requests to regions which nobody named',
      { modelId: 'jp.amazon.nova-lite-v1:0' },
      'modelRegions must name the regions that the inference profile jp.amazon.nova-lite-v1:0 sends requests to',
    ],
    [
      'a model in a region of another partition',
      { modelId: 'us-gov.amazon.nova-lite-v1:0', modelRegions: '["us-gov-west-1"]' },
      "aws:region and modelRegions must be of AWS's own partition (arn:aws:), the only one that Greenroom writes ARNs for; not so: us-gov-west-1",
    ],
    [
      'pages without TLS where data is kept',
      { protectData: 'true' },
      'siteOrigins must all be https:// where protectData is true',
    ],
    [
      'a name of the site without a certificate',
      { siteDomain: 'practice.example.com' },
      'siteDomain and siteCertificateArn must be set together',
    ],
    [
      'the site’s own address among those of others',
      {
        siteDomain: 'practice.example.com',
        siteCertificateArn:
          'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-1111-2222-333344445555',
        siteOrigins: '["https://practice.example.com"]',
      },
      'siteOrigins must not name the site’s own address, which siteDomain does',
    ],
    [
      'a certificate of the site without a name',
      {
        siteCertificateArn:
          'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-1111-2222-333344445555',
      },
      'siteDomain and siteCertificateArn must be set together',
    ],
    [
      'a guardrail without its version',
      { modelId: 'amazon.nova-lite-v1:0', guardrailId: 'abc' },
      'guardrailId and guardrailVersion must be set together',
    ],
    [
      'a guardrail without a model',
      { guardrailId: 'abc', guardrailVersion: '1' },
      'guardrailId must be empty without a modelId',
    ],
  ];
  for (const [name, changes, sentence] of contradictions) {
    it(`refuses ${name}`, () => {
      expect(mistakesIn(changes)).to.deep.equal([sentence]);
    });
  }

  it('may reserve up to what sets off the account’s alarm, and name no region of a global profile or a model', () => {
    const reserving = { accountConcurrency: '501', reservedConcurrencyPercent: '1000' };
    expect(mistakesIn(reserving)).to.deep.equal([]);
    for (const modelId of ['global.amazon.nova-lite-v1:0', 'amazon.nova-lite-v1:0', 'deepseek.v3.2'])
      expect(mistakesIn({ modelId }), modelId).to.deep.equal([]);
  });

  for (const region of [
    'us-gov-west-1',
    'cn-north-1',
    'us-isob-east-1',
    'eu-isoe-west-1',
    'eusc-de-east-1',
  ]) {
    it(`refuse the region ${region}, whose ARNs begin otherwise`, () => {
      expect(() => settingsFrom({ ...configOf('dev'), 'aws:region': region }, identity)).to.throw(
        `(arn:aws:), the only one that Greenroom writes ARNs for; not so: ${region}`,
      );
    });
  }

  it('take every region of AWS’s own partition', () => {
    for (const region of ['eu-west-1', 'ap-southeast-2', 'ca-central-1', 'il-central-1', 'mx-central-1'])
      expect(settingsFrom({ ...configOf('dev'), 'aws:region': region }, identity).region).to.equal(region);
  });

  it('of dev stay within the memory that a new account may have (3008 MB)', () => {
    const sizes = interview.stages.map(
      ({ name, memoryMiB }) => (settings().stageMemoryMiB as Record<string, number>)[name] ?? memoryMiB,
    );
    expect(Math.max(...sizes)).to.equal(3008);
  });

  it('reserves nothing in an account with ten executions', () => {
    expect(mistakesIn({ accountConcurrency: '10', reservedConcurrencyPercent: '0' })).to.deep.equal([]);
  });
});
