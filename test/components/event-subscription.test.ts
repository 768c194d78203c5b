// Does an event reach its function, once or again, and end among the dead letters if it cannot?
import { expect } from 'chai';
import { EventSubscription } from '../../components/event-subscription.ts';
import { QueueTrigger } from '../../components/queue-trigger.ts';
import { executionEnded, recordsDue, uploadFinished } from '../../systems/interview/subscriptions.ts';
import type { SubscriptionSpecification } from '../../systems/system.ts';
import { capture, type CapturedStack, only, ofType, statementsIn } from './captured-stack.ts';

const keyArn = 'arn:aws:kms:us-east-1:123456789012:key/1';
const arnOf = (service: string, name: string): string => `arn:aws:${service}:us-east-1:123456789012:${name}`;

const subscriptionTo = (
  subscription: SubscriptionSpecification,
  origin: string | null,
): Promise<CapturedStack> =>
  capture(() => {
    const { queue } = new EventSubscription('uploads', {
      subscription,
      origin,
      keyArn,
      monitoring: { declined: 'a test' },
    });
    new QueueTrigger('uploads', { queueArn: queue.arn, functionArn: arnOf('lambda', 'start-analysis') });
  });

const kinds = ({ resources }: CapturedStack) => resources.map(({ type, name }) => `${type} ${name}`);

describe('a subscription', () => {
  let stack: CapturedStack;
  before(async () => {
    stack = await subscriptionTo(uploadFinished, 'media-bucket');
  });
  const queue = (name: string) => only(stack, 'aws:sqs/queue:Queue', name).inputs;
  const rule = () => only(stack, 'aws:cloudwatch/eventRule:EventRule').inputs;

  it('takes finished uploads of its own bucket with the suffixes of recordings (A10, B57)', () => {
    expect(JSON.parse(String(rule()['eventPattern']))).to.deep.equal({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: {
        bucket: { name: ['media-bucket'] },
        object: { key: [{ wildcard: 'uploads/*.webm' }, { wildcard: 'uploads/*.mp4' }] },
      },
    });
  });

  it('takes the bad ends of executions of its own machine', async () => {
    const machineArn = arnOf('states', 'analyse');
    const ends = await subscriptionTo(executionEnded, machineArn);
    const { inputs } = only(ends, 'aws:cloudwatch/eventRule:EventRule');
    expect(JSON.parse(String(inputs['eventPattern']))).to.deep.include({
      detail: { stateMachineArn: [machineArn], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
    });
  });

  for (const [everyHours, expression] of [
    [6, 'rate(6 hours)'],
    [1, 'rate(1 hour)'],
  ] as const) {
    it(`looks at the clock every ${String(everyHours)} h, with the same queue and dead letters`, async () => {
      const clock = await subscriptionTo({ ...recordsDue, from: { everyHours } }, null);
      const { inputs } = only(clock, 'aws:cloudwatch/eventRule:EventRule');
      expect(inputs['scheduleExpression']).to.equal(expression);
      expect(inputs).to.not.have.property('eventPattern');
      expect(kinds(clock)).to.deep.equal(kinds(stack));
    });
  }

  it('cannot take events of nobody in particular', async () => {
    let failure: unknown;
    await subscriptionTo(uploadFinished, null).catch((error: unknown) => {
      failure = error;
    });
    expect(String(failure)).to.include('uploads takes events, and nobody says whose');
  });

  it('waits six times as long as the function may take before it delivers again (C41)', () => {
    expect(queue('uploads')).to.include({
      visibilityTimeoutSeconds: 6 * uploadFinished.stage.timeoutSeconds,
      receiveWaitTimeSeconds: 20,
      messageRetentionSeconds: 4 * 24 * 60 * 60,
      kmsMasterKeyId: keyArn,
    });
  });

  it('puts what failed three times among the dead letters, for two weeks (B58, C41, C43, C45)', () => {
    expect(JSON.parse(String(queue('uploads')['redrivePolicy']))).to.deep.equal({
      deadLetterTargetArn: arnOf('sqs', 'uploads-dead-letters'),
      maxReceiveCount: 3,
    });
    expect(queue('uploads-dead-letters')).to.include({
      messageRetentionSeconds: 14 * 24 * 60 * 60,
      kmsMasterKeyId: keyArn,
    });
    const allowed = only(stack, 'aws:sqs/redriveAllowPolicy:RedriveAllowPolicy').inputs['redriveAllowPolicy'];
    expect(JSON.parse(String(allowed))).to.deep.equal({
      redrivePermission: 'byQueue',
      sourceQueueArns: [arnOf('sqs', 'uploads')],
    });
  });

  it('lets only its own rule send, and only over TLS', () => {
    const policies = ofType(stack, 'aws:sqs/queuePolicy:QueuePolicy').map(({ inputs }) =>
      statementsIn(inputs['policy']),
    );
    expect(policies).to.have.length(2);
    for (const [tls, sender] of policies) {
      expect(tls).to.deep.include({
        Effect: 'Deny',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
      expect(sender).to.deep.include({
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Condition: { ArnEquals: { 'aws:SourceArn': arnOf('cloudwatch', 'uploads') } },
      });
    }
  });

  it('tries to deliver for a day, and loses nothing then either', () => {
    const target = only(stack, 'aws:cloudwatch/eventTarget:EventTarget');
    expect(target.inputs).to.deep.include({
      arn: arnOf('sqs', 'uploads'),
      retryPolicy: { maximumEventAgeInSeconds: 24 * 60 * 60, maximumRetryAttempts: 185 },
      deadLetterConfig: { arn: arnOf('sqs', 'uploads-dead-letters') },
    });
    expect(target.dependencies.filter((urn) => urn.includes('queuePolicy'))).to.have.length(2);
  });

  it('hands over ten messages at a time and gets back those that failed', () => {
    expect(only(stack, 'aws:lambda/eventSourceMapping:EventSourceMapping').inputs).to.deep.equal({
      eventSourceArn: arnOf('sqs', 'uploads'),
      functionName: arnOf('lambda', 'start-analysis'),
      batchSize: 10,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: 10 },
    });
  });
});
