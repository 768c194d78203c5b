// Which mistakes in operations and in the program itself do the laws notice?
import { beside, drop, inputs, type Mutant, options, set } from './mutant.ts';

const alarm = 'MetricAlarm::interview-records-throttles';
const image = 'Image::foundation-image-convert-video';

const alarms: readonly Mutant[] = [
  ...[
    'interview-convert-video-errors',
    'interview-convert-video-concurrency',
    'interview-analyse-interview-timed-out',
    'interview-uploads-age',
    'interview-uploads-dead-letters-messages',
    'interview-records-throttles',
    'interview-api-server-errors',
    'interview-uploads-failed',
    'operations-account-concurrency',
  ].map((name) => ({
    rule: 'everything-is-watched',
    change: `no alarm ${name}`,
    mutate: drop(`MetricAlarm::${name}`),
  })),
  {
    rule: 'everything-is-watched',
    change: 'an alarm that goes off later than the table says',
    mutate: set('MetricAlarm::interview-uploads-age', { threshold: 86_400 }),
  },
  {
    rule: 'alarm-reaches-people',
    change: 'an alarm that tells nobody',
    mutate: set(alarm, { alarmActions: [] }),
  },
  {
    rule: 'alarm-reaches-people',
    change: 'an alarm for which silence means nothing',
    mutate: set(alarm, { treatMissingData: undefined }),
  },
  { rule: 'alarm-reaches-people', change: 'an alarm that never ends', mutate: set(alarm, { okActions: [] }) },
  {
    rule: 'alarm-reaches-people',
    change: 'an alarm that is off',
    mutate: set(alarm, { actionsEnabled: false }),
  },
  {
    rule: 'alarm-reaches-people',
    change: 'an alarm without a runbook',
    mutate: set(alarm, { alarmDescription: 'Something is wrong' }),
  },
];

export const programMutants: readonly Mutant[] = [
  ...alarms,
  { rule: 'stack-has-dashboard', change: 'no dashboard', mutate: drop('Dashboard::operations-dashboard') },
  {
    rule: 'stack-has-budget',
    change: 'a budget that nobody hears of',
    mutate: set('budget:Budget', { notifications: [] }),
  },
  {
    rule: 'trail-covers-all-regions',
    change: 'one region',
    mutate: set('Trail', { isMultiRegionTrail: false }),
  },
  {
    rule: 'trail-covers-all-regions',
    change: 'a trail that is off',
    mutate: set('Trail', { enableLogging: false }),
  },
  {
    rule: 'trail-encrypted',
    change: 'the key of S3',
    mutate: inputs('Trail', () => ({ kmsKeyId: undefined })),
  },
  {
    rule: 'trail-cannot-be-forged',
    change: 'no digests',
    mutate: set('Trail', { enableLogFileValidation: false }),
  },
  {
    rule: 'image-not-built-in-preview',
    change: 'a preview builds',
    mutate: set(image, { buildOnPreview: true }),
    mode: 'build',
  },
  {
    rule: 'image-not-built-in-preview',
    change: 'an image stays where it was built',
    mutate: set(image, { push: false }),
    mode: 'build',
  },
  {
    rule: 'image-outlives-its-resource',
    change: 'an image goes with its resource',
    mutate: options(image, { retainOnDelete: false }),
    mode: 'build',
  },
  {
    rule: 'secrets-stay-secret',
    change: 'the password of the registry is not marked',
    mutate: inputs(image, ({ registries }) => ({
      registries: [{ ...(registries as object[])[0], password: 'hunter2' }],
    })),
    mode: 'build',
  },
  {
    rule: 'secrets-stay-secret',
    change: 'an access key in a description',
    mutate: set('Key', { description: 'see AKIAIOSFODNN7EXAMPLE' }),
  },
  {
    rule: 'outputs-name-no-person',
    change: 'an output with an e-mail address',
    mutate: (graph) => ({ ...graph, outputs: { ...graph.outputs, Owner: ['somebody@example.com'] } }),
  },
  ...['Calling [toString] on an [Output<T>] is not supported', 'a-undefined-b', '[object Object]', 'NaN'].map(
    (text) => ({
      rule: 'no-leaked-output',
      change: `an input holds ${text}`,
      mutate: set('Key', { description: text }),
    }),
  ),
  {
    rule: 'kind-is-known',
    change: 'a kind that no law knows',
    mutate: beside('Table', 'aws:ec2/instance:Instance', {}),
  },
  {
    rule: 'names-are-unique',
    change: 'two log groups of one name',
    mutate: beside('LogGroup::interview-convert-video', 'aws:cloudwatch/logGroup:LogGroup', {
      name: '/aws/lambda/greenroom-prod-interview-convert-video',
      retentionInDays: 1,
      kmsKeyId: 'arn:aws:kms:us-east-1:123456789012:key/k',
    }),
  },
  {
    rule: 'belongs-to-a-component',
    change: 'a loose resource',
    mutate: options('Table', { parent: 'urn:pulumi:prod::greenroom::pulumi:pulumi:Stack::greenroom-prod' }),
  },
  {
    rule: 'everything-is-tagged',
    change: 'a provider without a tag',
    mutate: set('aws::interview', { defaultTags: '{"tags":{"project":"greenroom","stack":"prod"}}' }),
  },
];
