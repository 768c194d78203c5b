// Who hears of trouble, and of cost?
import { alarmsOf, isAlarmedIn, type AlarmedKind } from '../../systems/alarms.ts';
import { interviewStages } from '../../systems/interview/stages.ts';
import { dependents, ofType, stackType } from '../neighbours.ts';
import { at, documentOf, input, listOf, numberOf, textOf, textsOf } from '../read.ts';
import type { Resource, StackGraph } from '../resource.ts';
import { type Rule, unless } from '../rule.ts';

const alarm = 'aws:cloudwatch/metricAlarm:MetricAlarm';
const queue = 'aws:sqs/queue:Queue';
const lambda = 'aws:lambda/function:Function';
const trail = 'aws:cloudtrail/trail:Trail';
const image = 'docker-build:index:Image';

/** Which row of the table of alarms a resource has; a queue is a dead-letter queue when another sends its failures there. */
const alarmedKinds: { readonly [type: string]: (resource: Resource, graph: StackGraph) => AlarmedKind } = {
  [lambda]: () => 'function',
  'aws:sfn/stateMachine:StateMachine': () => 'state-machine',
  [queue]: (resource, graph) =>
    dependents(graph, resource, queue).length > 0 ? 'dead-letter-queue' : 'queue',
  'aws:dynamodb/table:Table': () => 'table',
  'aws:apigateway/stage:Stage': () => 'http-api',
  'aws:cloudwatch/eventRule:EventRule': () => 'event-rule',
  'aws:cloudfront/distribution:Distribution': () => 'distribution',
  'aws:cognito/userPool:UserPool': () => 'user-pool',
  [stackType]: () => 'account',
};

/** What an alarm looks at: the name of a metric, or a formula over several. */
const measureOf = (resource: Resource): unknown =>
  textOf(resource, 'metricName') ??
  listOf(input(resource, 'metricQueries'))
    .map((query) => at(query, 'expression'))
    .find((expression) => typeof expression === 'string' && expression !== '');

/** Regions that the stack deploys to. */
const regionsOf = (graph: StackGraph): readonly string[] =>
  ofType(graph, 'pulumi:providers:aws').flatMap((provider) => textOf(provider, 'region') ?? []);

/** Alarms of the table that this resource does not have, by name. */
function missingAlarms(resource: Resource, graph: StackGraph): readonly string[] {
  const kind = alarmedKinds[resource.type]?.(resource, graph);
  if (kind === undefined || !regionsOf(graph).some((region) => isAlarmedIn(kind, region))) return [];
  const ofAccount = kind === 'account';
  const present = ofAccount ? ofType(graph, alarm) : dependents(graph, resource, alarm);
  const timeoutSeconds = numberOf(resource, 'timeout') ?? 3;
  // Lambda answers -1 for a function without a reservation.
  const reserved = numberOf(resource, 'reservedConcurrentExecutions') ?? -1;
  const reservedConcurrency = reserved < 0 ? null : reserved;
  const deliveries = Number(at(documentOf(resource, 'redrivePolicy'), 'maxReceiveCount') ?? 0);
  const redeliverySeconds = deliveries * (numberOf(resource, 'visibilityTimeoutSeconds') ?? 30);
  // The account's limit is no property of any resource: its alarm counts whatever its threshold is.
  const facts = { timeoutSeconds, reservedConcurrency, redeliverySeconds, accountConcurrency: 0 };
  return alarmsOf(kind, facts)
    .filter(({ rule: { measure }, threshold }) => {
      const wanted = 'formula' in measure ? measure.formula : measure.name;
      return !present.some(
        (one) => measureOf(one) === wanted && (ofAccount || numberOf(one, 'threshold') === threshold),
      );
    })
    .map(({ rule }) => `${kind} ${rule.name}`);
}

export const operationsRules: readonly Rule[] = [
  {
    name: 'everything-is-watched',
    asks: 'Every resource has the alarms of its kind in systems/alarms.ts, with their thresholds.',
    why: 'What nobody watches fails until a user writes.',
    sources: ['A48', 'C43', 'C85', 'C86'],
    severity: 'high',
    scope: 'stack',
    types: Object.keys(alarmedKinds),
    check: (resource, graph) => missingAlarms(resource, graph).map((name) => `has no alarm ${name}`),
  },
  {
    name: 'alarm-reaches-people',
    asks: 'Every alarm is on, tells a topic when it goes off and when it is over, and names its runbook.',
    why: 'An alarm without an action is a colour in a console that nobody looks at.',
    sources: ['A48', 'C40'],
    severity: 'high',
    scope: 'resource',
    types: [alarm],
    check: (resource) => [
      ...unless(input(resource, 'actionsEnabled') !== false, 'is switched off'),
      ...unless(textsOf(resource, 'alarmActions').length > 0, 'tells nobody'),
      ...unless(textsOf(resource, 'okActions').length > 0, 'does not say when it is over'),
      ...unless(textOf(resource, 'treatMissingData') !== undefined, 'does not say what silence means'),
      ...unless(
        /docs\/operate\.md#[\w-]+/.test(textOf(resource, 'alarmDescription') ?? ''),
        'names no runbook',
      ),
    ],
  },
  {
    name: 'stack-has-dashboard',
    asks: 'Every stack has a dashboard.',
    why: 'Whoever is woken needs one page to look at first.',
    sources: ['A48', 'A70', 'C80'],
    severity: 'low',
    scope: 'stack',
    types: [stackType],
    check: (_stack, graph) =>
      unless(ofType(graph, 'aws:cloudwatch/dashboard:Dashboard').length > 0, 'has no dashboard'),
  },
  {
    name: 'stack-has-budget',
    asks: 'Every stack has a budget that writes to somebody.',
    why: 'A loop between two functions costs more in a night than a month of work.',
    sources: ['C66'],
    severity: 'low',
    scope: 'stack',
    types: [stackType],
    check: (_stack, graph) =>
      unless(
        ofType(graph, 'aws:budgets/budget:Budget').some((budget) =>
          listOf(input(budget, 'notifications')).some(
            (one) =>
              [...listOf(at(one, 'subscriberSnsTopicArns')), ...listOf(at(one, 'subscriberEmailAddresses'))]
                .length > 0,
          ),
        ),
        'has no budget that writes to somebody',
      ),
  },
  {
    name: 'expensive-function-is-limited',
    asks: 'A function whose stage has a reserved concurrency in the specification has one.',
    why: 'A flood of uploads would otherwise spend the account’s concurrency and the owner’s money.',
    sources: ['A58'],
    severity: 'medium',
    scope: 'resource',
    types: [lambda],
    check: (resource) => {
      const stage = interviewStages.find(({ name }) => resource.name === `interview-${name}`);
      return unless(
        stage === undefined ||
          stage.reservedConcurrency === null ||
          (numberOf(resource, 'reservedConcurrentExecutions') ?? 0) > 0,
        'has no limit of its own',
      );
    },
  },
  {
    name: 'trail-covers-all-regions',
    asks: 'A trail records reads and writes of all regions.',
    why: 'An intruder works in the region that nobody uses.',
    sources: ['FSBP CloudTrail.1', 'A54', 'C77'],
    severity: 'medium',
    scope: 'resource',
    types: [trail],
    check: (resource) => [
      ...unless(input(resource, 'isMultiRegionTrail') === true, 'records one region only'),
      ...unless(input(resource, 'enableLogging') !== false, 'is switched off'),
    ],
  },
  {
    name: 'trail-encrypted',
    asks: 'A trail is encrypted with the stack’s key.',
    why: 'It names everybody who did anything.',
    sources: ['FSBP CloudTrail.2'],
    severity: 'medium',
    scope: 'resource',
    types: [trail],
    check: (resource) =>
      unless(textOf(resource, 'kmsKeyId') !== undefined, 'is not encrypted with a customer key'),
  },
  {
    name: 'trail-cannot-be-forged',
    asks: 'A trail writes digests of its files.',
    why: 'A changed or missing file would not show.',
    sources: ['FSBP CloudTrail.4'],
    severity: 'low',
    scope: 'resource',
    types: [trail],
    check: (resource) => unless(input(resource, 'enableLogFileValidation') === true, 'writes no digests'),
  },
  {
    name: 'image-not-built-in-preview',
    asks: 'Images are built and pushed by a deployment, never by a preview.',
    why: 'A preview must need neither Docker nor minutes nor the right to push.',
    sources: ['A22'],
    severity: 'low',
    scope: 'resource',
    types: [image],
    check: (resource) => [
      ...unless(input(resource, 'buildOnPreview') === false, 'is built in a preview'),
      ...unless(input(resource, 'push') === true, 'is not pushed'),
    ],
  },
  {
    name: 'image-outlives-its-resource',
    asks: 'An image that leaves the program stays in the repository.',
    why: 'A function may still run it, and a rollback needs it.',
    sources: ['A22'],
    severity: 'medium',
    scope: 'plan',
    types: [image],
    check: ({ retainOnDelete }) => unless(retainOnDelete, 'goes when it leaves the program'),
  },
];
