// What must be true of everything that carries messages, so that none is lost, read by others or run for ever?
import { dependents, prerequisites } from '../neighbours.ts';
import { at, documentOf, input, isGiven, listOf, numberOf, textOf, textsOf } from '../read.ts';
import type { Resource, StackGraph } from '../resource.ts';
import { type Rule, unless } from '../rule.ts';
import { statementsOf } from '../statements.ts';
import { isCustomerKey } from './stores.ts';

const queue = 'aws:sqs/queue:Queue';
const eventSource = 'aws:lambda/eventSourceMapping:EventSourceMapping';
const lambda = 'aws:lambda/function:Function';

/** Whether other queues send here what they could not deliver. */
const takesDeadLetters = (graph: StackGraph, resource: Resource): boolean =>
  dependents(graph, resource, queue).some((source) => isGiven(source, 'redrivePolicy'));

/** Whether the policy of a thing refuses whatever comes without TLS. */
const refusesPlainHttp = (graph: StackGraph, resource: Resource, policyType: string): boolean =>
  dependents(graph, resource, policyType).some((policy) =>
    statementsOf(policy).some(
      ({ allows, principals, conditions }) =>
        !allows &&
        principals.some(({ kind }) => kind === 'anyone') &&
        conditions.some(({ key, values }) => key === 'aws:securetransport' && values.includes('false')),
    ),
  );

/** Longest timeout among the functions that a queue calls; `null` when it calls none. */
function consumerTimeoutSeconds(graph: StackGraph, resource: Resource): number | null {
  const timeouts = dependents(graph, resource, eventSource).flatMap((source) =>
    prerequisites(graph, source, lambda).map((consumer) => numberOf(consumer, 'timeout') ?? 3),
  );
  return timeouts.length === 0 ? null : Math.max(...timeouts);
}

export const deliveryRules: readonly Rule[] = [
  {
    name: 'queue-encrypted',
    asks: 'Every queue is encrypted with the stack’s key.',
    why: 'Messages name users and their recordings; the key of SQS itself would let EventBridge send nothing.',
    sources: ['FSBP SQS.1', 'AwsSolutions-SQS2'],
    severity: 'medium',
    scope: 'resource',
    types: [queue],
    check: (resource) =>
      unless(isCustomerKey(input(resource, 'kmsMasterKeyId')), 'is not encrypted with a customer key'),
  },
  {
    name: 'queue-tls-only',
    asks: 'Every queue refuses requests that are not encrypted on their way.',
    why: 'Messages name users and their recordings.',
    sources: ['AwsSolutions-SQS4'],
    severity: 'medium',
    scope: 'stack',
    types: [queue],
    check: (resource, graph) =>
      unless(
        refusesPlainHttp(graph, resource, 'aws:sqs/queuePolicy:QueuePolicy'),
        'takes requests without TLS',
      ),
  },
  {
    name: 'queue-has-dead-letters',
    asks: 'Every queue that takes work has a dead-letter queue.',
    why: 'A message that nobody can handle would come back until it expires, and then nobody would know of it.',
    sources: ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy', 'A11'],
    severity: 'high',
    scope: 'stack',
    types: [queue],
    check: (resource, graph) => {
      const tries = Number(at(documentOf(resource, 'redrivePolicy'), 'maxReceiveCount'));
      return unless(takesDeadLetters(graph, resource) || tries >= 2, 'has no dead-letter queue');
    },
  },
  {
    name: 'dead-letters-stay',
    asks: 'Dead letters are kept for 14 days, the longest that SQS knows.',
    why: 'A long weekend must not cost an upload.',
    sources: ['C43'],
    severity: 'medium',
    scope: 'stack',
    types: [queue],
    check: (resource, graph) =>
      unless(
        !takesDeadLetters(graph, resource) ||
          numberOf(resource, 'messageRetentionSeconds') === 14 * 24 * 3600,
        'does not keep dead letters for 14 days',
      ),
  },
  {
    name: 'dead-letters-know-their-queue',
    asks: 'A dead-letter queue takes letters from the queues that it names.',
    why: 'Otherwise any queue of the account may fill it.',
    sources: [],
    severity: 'low',
    scope: 'stack',
    types: [queue],
    check: (resource, graph) =>
      unless(
        !takesDeadLetters(graph, resource) ||
          dependents(graph, resource, 'aws:sqs/redriveAllowPolicy:RedriveAllowPolicy').some((policy) => {
            const document = documentOf(policy, 'redriveAllowPolicy');
            return (
              at(document, 'redrivePermission') === 'byQueue' &&
              listOf(at(document, 'sourceQueueArns')).length > 0
            );
          }),
        'takes dead letters of any queue',
      ),
  },
  {
    name: 'queue-waits-for-function',
    asks: 'A message is hidden for at least six times the timeout of the function that takes it.',
    why: 'It would be handed out again while the function is still at work, as AWS warns.',
    sources: ['A11'],
    severity: 'high',
    scope: 'stack',
    types: [queue],
    check: (resource, graph) => {
      const timeout = consumerTimeoutSeconds(graph, resource);
      const hidden = numberOf(resource, 'visibilityTimeoutSeconds') ?? 30;
      return unless(
        timeout === null || hidden >= 6 * timeout,
        `hides messages for ${String(hidden)} s, and its function may take ${String(timeout)} s`,
      );
    },
  },
  {
    name: 'queue-is-emptied',
    asks: 'Every queue that takes work has a function that takes it.',
    why: 'Work that nobody takes is lost after a few days.',
    sources: ['A11'],
    severity: 'high',
    scope: 'stack',
    types: [queue],
    check: (resource, graph) =>
      unless(
        takesDeadLetters(graph, resource) || dependents(graph, resource, eventSource).length > 0,
        'has nobody who takes its messages',
      ),
  },
  {
    name: 'batch-fails-in-part',
    asks: 'A function that takes a batch says which messages failed.',
    why: 'One bad message would otherwise send nine good ones to the dead letters with it.',
    sources: ['A11'],
    severity: 'medium',
    scope: 'resource',
    types: [eventSource],
    check: (resource) =>
      unless(
        textsOf(resource, 'functionResponseTypes').includes('ReportBatchItemFailures'),
        'fails a batch as a whole',
      ),
  },
  {
    name: 'event-source-has-failure-path',
    asks: 'What a function cannot take from its source goes to a dead-letter queue.',
    why: 'It would be tried until it expires.',
    sources: ['Serverless-LambdaEventSourceMappingDestination'],
    severity: 'high',
    scope: 'stack',
    types: [eventSource],
    check: (resource, graph) =>
      unless(
        // A queue keeps its own dead letters; a stream needs a destination.
        textOf(resource, 'destinationConfig.onFailure.destinationArn') !== undefined ||
          prerequisites(graph, resource, queue).some((source) => isGiven(source, 'redrivePolicy')),
        'has nowhere to put what fails',
      ),
  },
  {
    name: 'event-target-has-dead-letters',
    asks: 'What EventBridge cannot deliver goes to a dead-letter queue.',
    why: 'EventBridge gives up after a day, and the event is gone.',
    sources: ['Serverless-EventBusDLQ', 'A11'],
    severity: 'high',
    scope: 'resource',
    types: ['aws:cloudwatch/eventTarget:EventTarget'],
    check: (resource) =>
      unless(textOf(resource, 'deadLetterConfig.arn') !== undefined, 'has no dead-letter queue'),
  },
  {
    name: 'event-bus-has-policy',
    asks: 'An event bus of our own has a policy that says who may send.',
    why: 'Without one the account’s defaults decide.',
    sources: ['FSBP EventBridge.3'],
    severity: 'low',
    scope: 'stack',
    types: ['aws:cloudwatch/eventBus:EventBus'],
    check: (resource, graph) =>
      unless(
        dependents(graph, resource, 'aws:cloudwatch/eventBusPolicy:EventBusPolicy').length > 0,
        'has no policy',
      ),
  },
  {
    name: 'topic-encrypted',
    asks: 'Every topic is encrypted with the stack’s key.',
    why: 'The key of SNS itself cannot be used by alarms: they would fall silent.',
    sources: ['AwsSolutions-SNS2'],
    severity: 'medium',
    scope: 'resource',
    types: ['aws:sns/topic:Topic'],
    check: (resource) =>
      unless(isCustomerKey(input(resource, 'kmsMasterKeyId')), 'is not encrypted with a customer key'),
  },
  {
    name: 'topic-tls-only',
    asks: 'Every topic refuses messages that are not encrypted on their way.',
    why: 'Alarms name resources and accounts.',
    sources: ['AwsSolutions-SNS3'],
    severity: 'low',
    scope: 'stack',
    types: ['aws:sns/topic:Topic'],
    check: (resource, graph) =>
      unless(
        refusesPlainHttp(graph, resource, 'aws:sns/topicPolicy:TopicPolicy'),
        'takes messages without TLS',
      ),
  },
  {
    name: 'subscription-has-dead-letters',
    asks: 'What a topic cannot deliver to a queue or a function goes to a dead-letter queue.',
    why: 'It would be gone.',
    sources: ['Serverless-SNSRedrivePolicy'],
    severity: 'medium',
    scope: 'resource',
    types: ['aws:sns/topicSubscription:TopicSubscription'],
    check: (resource) =>
      unless(
        // An alarm whose mail bounced is still an alarm in CloudWatch; dead mails would be read by nobody.
        textOf(resource, 'protocol') === 'email' || isGiven(resource, 'redrivePolicy'),
        'has no dead-letter queue',
      ),
  },
];
