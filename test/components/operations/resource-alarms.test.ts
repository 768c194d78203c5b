// Does a resource get exactly the alarms of its kind, and do they call someone?
import { expect } from 'chai';
import type { Monitoring, Watched } from '../../../components/operations/monitoring.ts';
import { ResourceAlarms, type ResourceAlarmsArgs } from '../../../components/operations/resource-alarms.ts';
import { alarmsOf, alarmTable, type AlarmedKind } from '../../../systems/alarms.ts';
import { capture, type Captured } from '../captured-stack.ts';

const topic = 'arn:aws:sns:us-east-1:123456789012:alarms';
const monitoring: Monitoring = { alarmTopicArn: topic };
const facts = { timeoutSeconds: 900, reservedConcurrency: 20, accountConcurrency: 1000 };
const kinds = Object.keys(alarmTable) as AlarmedKind[];

const dimensionsFor = (kind: AlarmedKind): Record<string, string> =>
  Object.fromEntries(alarmTable[kind].dimensions.map((name) => [name, `the-${name}`]));

const alarmsIn = async (program: () => unknown): Promise<readonly Captured[]> =>
  (await capture(program)).resources.filter(({ type }) => type.startsWith('aws:'));
const alarmsFor = (args: Partial<ResourceAlarmsArgs> & { readonly kind: AlarmedKind }) =>
  alarmsIn(
    () => new ResourceAlarms('thing', { dimensions: dimensionsFor(args.kind), facts, monitoring, ...args }),
  );

const named = (alarms: readonly Captured[], name: string): Captured['inputs'] =>
  alarms.find((alarm) => alarm.name === name)?.inputs ?? {};

const namesWith = async (reservedConcurrency: number | null): Promise<readonly string[]> =>
  (await alarmsFor({ kind: 'function', facts: { timeoutSeconds: 30, reservedConcurrency } })).map(
    ({ name }) => name,
  );

describe('the alarms of a resource (A48)', () => {
  for (const kind of kinds) {
    it(`are the rules of its kind: ${kind}`, async () => {
      const alarms = await alarmsFor({ kind });
      expect(alarms.map(({ type, name }) => `${type} ${name}`)).to.have.members(
        alarmsOf(kind, facts).map(({ rule }) => `aws:cloudwatch/metricAlarm:MetricAlarm thing-${rule.name}`),
      );
    });

    it(`tell the topic when they go off and when they are over: ${kind}`, async () => {
      for (const { inputs } of await alarmsFor({ kind })) {
        expect(inputs).to.deep.include({ alarmActions: [topic], okActions: [topic] });
        expect(inputs['comparisonOperator']).to.equal('GreaterThanThreshold');
        expect(inputs['alarmDescription']).to.match(
          new RegExp(String.raw`^(urgent|soon): .+\. docs/operate\.md#${kind}-[a-z\-]+$`, 'v'),
        );
      }
    });
  }

  it('put a single metric with its dimensions into the alarm', async () => {
    const alarms = await alarmsFor({ kind: 'function' });
    expect(named(alarms, 'thing-throttles')).to.deep.include({
      namespace: 'AWS/Lambda',
      metricName: 'Throttles',
      statistic: 'Sum',
      period: 900,
      evaluationPeriods: 2,
      dimensions: { FunctionName: 'the-FunctionName' },
      threshold: 0,
      treatMissingData: 'notBreaching',
    });
  });

  it('ask for a percentile as an extended statistic, of few calls too', async () => {
    const duration = named(await alarmsFor({ kind: 'function' }), 'thing-duration');
    expect(duration).to.include({ extendedStatistic: 'p99', threshold: 810_000 });
    expect(duration).to.include({ evaluateLowSampleCountPercentiles: 'evaluate' });
    expect(duration).not.to.have.property('statistic');
  });

  it('put several metrics and their formula into queries, of which one is the result', async () => {
    const errors = named(await alarmsFor({ kind: 'table' }), 'thing-system-errors');
    expect(errors).not.to.have.any.keys('metricName', 'period', 'dimensions');
    const queries = errors['metricQueries'] as readonly Record<string, unknown>[];
    expect(queries.filter((query) => query['returnData'] === true)).to.have.length(1);
    expect(queries[1]?.['metric']).to.deep.equal({
      namespace: 'AWS/DynamoDB',
      metricName: 'SystemErrors',
      period: 300,
      stat: 'Sum',
      dimensions: { TableName: 'the-TableName', Operation: 'GetItem' },
    });
  });

  it('watch the concurrency of a function only where some is reserved for it (C86)', async () => {
    expect(await namesWith(20)).to.include('thing-concurrency');
    expect(await namesWith(null)).not.to.include('thing-concurrency');
  });

  it('are none where somebody has declined them with a reason', async () => {
    const captured = await alarmsIn(() => {
      const made = new ResourceAlarms('quiet', {
        kind: 'queue',
        dimensions: { QueueName: 'q' },
        monitoring: { declined: 'nobody waits for it' },
      });
      const heard = new ResourceAlarms('loud', { kind: 'queue', dimensions: { QueueName: 'q' }, monitoring });
      return [made, heard];
    });
    expect(captured.map(({ name }) => name)).to.deep.equal(['loud-age']);
  });

  it('announce their resource to whoever makes the dashboard', async () => {
    const seen: Watched[] = [];
    await alarmsFor({
      kind: 'queue',
      monitoring: { ...monitoring, onWatched: (watched) => seen.push(watched) },
    });
    expect(seen).to.have.length(1);
    expect(seen[0]).to.deep.include({
      kind: 'queue',
      label: 'thing',
      dimensions: { QueueName: 'the-QueueName' },
    });
    expect(seen[0]?.alarmArns).to.have.length(1);
  });

  it('refuse dimensions that CloudWatch would wait on for ever', async () => {
    const wrong = alarmsIn(
      () => new ResourceAlarms('x', { kind: 'queue', dimensions: { Queue: 'q' }, monitoring }),
    );
    const error = await wrong.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(String(error)).to.include('need the dimensions [QueueName], not [Queue]');
  });
});
