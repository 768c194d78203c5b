// Is everything that a stack deploys watched, and can its alarms be heard?
import { expect } from 'chai';
import deploy from '../../../index.ts';
import { alarmPublishers } from '../../../components/operations/alarm-topic.ts';
import { alarmTable } from '../../../systems/alarms.ts';
import { dashboardBodySchema } from '../../systems/dashboard-body.ts';
import {
  capture,
  type Captured,
  type CapturedStack,
  configOf,
  ofType,
  only,
  statementsIn,
} from '../captured-stack.ts';

const stacks = ['dev', 'staging', 'prod'] as const;

/** What CloudWatch knows each type of resource by. */
const watchedTypes: Readonly<
  Record<string, { readonly dimension: string; readonly property: 'name' | 'arn' | 'id' }>
> = {
  'aws:lambda/function:Function': { dimension: 'FunctionName', property: 'name' },
  'aws:sfn/stateMachine:StateMachine': { dimension: 'StateMachineArn', property: 'arn' },
  'aws:sqs/queue:Queue': { dimension: 'QueueName', property: 'name' },
  'aws:dynamodb/table:Table': { dimension: 'TableName', property: 'name' },
  'aws:cloudwatch/eventRule:EventRule': { dimension: 'RuleName', property: 'name' },
  'aws:cloudfront/distribution:Distribution': { dimension: 'DistributionId', property: 'id' },
  'aws:cognito/userPool:UserPool': { dimension: 'UserPool', property: 'id' },
  'aws:apigateway/restApi:RestApi': { dimension: 'ApiName', property: 'name' },
};

const alarmsOf = (stack: CapturedStack): readonly Captured[] =>
  ofType(stack, 'aws:cloudwatch/metricAlarm:MetricAlarm');

/** The inputs of an alarm with the dimensions of all its metrics, as text. */
const watches = ({ inputs }: Captured, dimension: string, value: string): boolean =>
  new RegExp(`"${dimension}":"(?:[^"]*:)?${value}"`, 'v').test(JSON.stringify(inputs));

describe('a deployed stack', function () {
  this.timeout(60_000);
  const captured = new Map<string, CapturedStack>();
  before(async () => {
    for (const stack of stacks)
      captured.set(stack, await capture(deploy, { stack, config: configOf(stack) }));
  });
  const of = (stack: string): CapturedStack => captured.get(stack) ?? { resources: [], outputs: {} };

  for (const stack of stacks) {
    it(`has an alarm on everything that can fail in ${stack} (A48, C83)`, () => {
      const alarms = alarmsOf(of(stack));
      const able = of(stack).resources.filter(({ type }) => type in watchedTypes);
      const unwatched = able.filter(({ type, name }) => {
        const { dimension = '', property } = watchedTypes[type] ?? {};
        const value = property === 'id' ? `${name}-id` : name;
        return !alarms.some((alarm) => watches(alarm, dimension, value));
      });
      expect(able.length).to.be.greaterThan(15);
      expect(unwatched.map(({ type, name }) => `${type} ${name}`)).to.deep.equal([]);
    });

    it(`calls at the first message of every dead-letter queue in ${stack} (B58, C43)`, () => {
      const letters = ofType(of(stack), 'aws:sqs/queue:Queue').filter(({ name }) =>
        name.endsWith('-dead-letters'),
      );
      expect(letters).to.have.length(3);
      for (const { name } of letters) {
        const alarm = alarmsOf(of(stack)).find((one) => watches(one, 'QueueName', name));
        expect(alarm?.inputs).to.include({ threshold: 0, datapointsToAlarm: 1, treatMissingData: 'ignore' });
      }
    });

    it(`has a dashboard that CloudWatch takes, with every alarm on it, in ${stack} (A70)`, () => {
      const { inputs } = only(of(stack), 'aws:cloudwatch/dashboard:Dashboard');
      const body: unknown = JSON.parse(String(inputs['dashboardBody']));
      const parsed = dashboardBodySchema.safeParse(body);
      expect(parsed.error?.issues ?? []).to.deep.equal([]);
      const shown = parsed.data?.widgets.find(({ type }) => type === 'alarm')?.properties;
      expect(shown)
        .to.have.property('alarms')
        .with.length(alarmsOf(of(stack)).length);
    });
  }

  it('lets whoever publishes alarms use the key of the topic (C40)', () => {
    const { inputs } = only(of('prod'), 'aws:kms/key:Key');
    const allowed = statementsIn(inputs['policy']).filter(({ Effect, Action }) => {
      const actions = new Set([Action].flat());
      return (
        Effect === 'Allow' && ['kms:Decrypt', 'kms:GenerateDataKey'].every((action) => actions.has(action))
      );
    });
    const services = allowed.flatMap(({ Principal }) =>
      [(Principal as { Service?: string | string[] }).Service].flat(),
    );
    expect(services).to.include.members([...alarmPublishers]);
  });

  it('watches the concurrency of the account (C86)', () => {
    const alarm = only(
      of('prod'),
      'aws:cloudwatch/metricAlarm:MetricAlarm',
      'operations-account-concurrency',
    );
    expect(alarm.inputs).to.include({ metricName: 'ClaimedAccountConcurrency', threshold: 800 });
  });

  it('gives every alarm of the table to something', () => {
    const descriptions = alarmsOf(of('prod')).map(({ inputs }) => String(inputs['alarmDescription']));
    for (const [kind, { rules }] of Object.entries(alarmTable))
      for (const { name } of rules)
        expect(
          descriptions.filter((text) => text.endsWith(`#${kind}-${name}`)),
          `${kind} ${name}`,
        ).not.to.have.length(0);
  });
});
