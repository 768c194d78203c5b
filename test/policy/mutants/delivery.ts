// Which mistakes in queues, events and topics do the laws notice?
import { beside, drop, inputs, type Mutant, set, statements } from './mutant.ts';

const uploads = 'Queue::interview-uploads';
const deadLetters = 'Queue::interview-uploads-dead-letters';
const withoutDenials = (where: string) =>
  statements(where, (before) => before.filter(({ Effect: effect }) => effect === 'Allow'));

export const deliveryMutants: readonly Mutant[] = [
  {
    rule: 'queue-encrypted',
    change: 'the key of SQS',
    mutate: inputs(uploads, () => ({ kmsMasterKeyId: undefined, sqsManagedSseEnabled: true })),
  },
  {
    rule: 'queue-tls-only',
    change: 'a queue takes plain HTTP',
    mutate: withoutDenials('QueuePolicy::interview-uploads-policy'),
  },
  {
    rule: 'queue-has-dead-letters',
    change: 'a message comes back for ever',
    // Whoever takes no dead letters any more is a queue for work, and has to have what such queues have.
    mutate: inputs(uploads, () => ({ redrivePolicy: undefined })),
    also: ['queue-is-emptied', 'event-source-has-failure-path'],
  },
  {
    rule: 'queue-has-dead-letters',
    change: 'one failed delivery is enough',
    mutate: inputs(uploads, ({ redrivePolicy }) => ({
      redrivePolicy: JSON.stringify({ ...(JSON.parse(String(redrivePolicy)) as object), maxReceiveCount: 1 }),
    })),
  },
  {
    rule: 'dead-letters-stay',
    change: 'dead letters are gone after four days',
    mutate: set(deadLetters, { messageRetentionSeconds: 345_600 }),
  },
  {
    rule: 'dead-letters-know-their-queue',
    change: 'every queue may send its dead letters',
    mutate: set('RedriveAllowPolicy::interview-uploads-dead-letters-redrive', {
      redriveAllowPolicy: '{"redrivePermission":"allowAll"}',
    }),
  },
  {
    rule: 'queue-waits-for-function',
    change: 'a message comes back while the function is at work',
    mutate: set(uploads, { visibilityTimeoutSeconds: 179 }),
  },
  {
    rule: 'queue-is-emptied',
    change: 'nobody takes the messages',
    mutate: drop('EventSourceMapping::interview-uploads'),
  },
  {
    rule: 'batch-fails-in-part',
    change: 'one bad message fails ten',
    mutate: set('EventSourceMapping::interview-uploads', { functionResponseTypes: [] }),
  },
  {
    rule: 'event-source-has-failure-path',
    change: 'a stream without a destination',
    mutate: beside('Function::interview-start-analysis', 'aws:lambda/eventSourceMapping:EventSourceMapping', {
      eventSourceArn: 'arn:aws:kinesis:us-east-1:123456789012:stream/s',
      functionResponseTypes: ['ReportBatchItemFailures'],
    }),
  },
  {
    rule: 'event-target-has-dead-letters',
    change: 'what cannot be delivered is gone',
    mutate: inputs('EventTarget::interview-uploads', () => ({ deadLetterConfig: undefined })),
  },
  {
    rule: 'event-bus-has-policy',
    change: 'a bus without a policy',
    mutate: beside('EventRule', 'aws:cloudwatch/eventBus:EventBus', { name: 'mutant' }),
    also: ['kind-is-known'],
  },
  {
    rule: 'topic-encrypted',
    change: 'the key of SNS, which alarms cannot use',
    mutate: set('Topic', { kmsMasterKeyId: 'alias/aws/sns' }),
  },
  { rule: 'topic-tls-only', change: 'a topic takes plain HTTP', mutate: withoutDenials('TopicPolicy') },
  {
    rule: 'subscription-has-dead-letters',
    change: 'a function hears of alarms, or does not',
    mutate: set('TopicSubscription', {
      protocol: 'lambda',
      endpoint: 'arn:aws:lambda:us-east-1:123456789012:function:f',
    }),
  },
];
