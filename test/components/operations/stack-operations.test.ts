// Do topic, budget, trail and dashboard say to AWS what they promise?
import { expect } from 'chai';
import { AccessLogBucket } from '../../../components/access-log-bucket.ts';
import { AlarmTopic } from '../../../components/operations/alarm-topic.ts';
import { AuditTrail } from '../../../components/operations/audit-trail.ts';
import { Budget } from '../../../components/operations/budget.ts';
import { Dashboard } from '../../../components/operations/dashboard.ts';
import type { Watched } from '../../../components/operations/monitoring.ts';
import { ResourceAlarms } from '../../../components/operations/resource-alarms.ts';
import { capture, ofType, only } from '../captured-stack.ts';

const accountId = '123456789012';
const keyArn = `arn:aws:kms:us-east-1:${accountId}:key/k`;
const emails = ['one@greenroom.example', 'two@greenroom.example'];

interface Statement {
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Action: string;
  readonly Resource: string;
  readonly Condition: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
const statementsOf = (policy: unknown): readonly Statement[] =>
  (JSON.parse(String(policy)) as { readonly Statement: readonly Statement[] }).Statement;

const topic = () => capture(() => new AlarmTopic('alarms', { keyArn, accountId, emails }));
const trail = (bucketArns: readonly string[]) =>
  capture(() => {
    const accessLogs = new AccessLogBucket('logs', { accountId, durability: 'kept', retentionDays: 7 });
    return new AuditTrail('audit', {
      trailName: 'greenroom-dev',
      accountId,
      region: 'us-east-1',
      keyArn,
      bucketArns,
      durability: 'kept',
      accessLogs,
    });
  });

describe('the alarm topic (C40)', () => {
  it('is encrypted with the customer key, not with the key of AWS that alarms may not use', async () => {
    expect(only(await topic(), 'aws:sns/topic:Topic').inputs['kmsMasterKeyId']).to.equal(keyArn);
  });

  it('takes messages from CloudWatch and AWS Budgets of this account', async () => {
    const policy = only(await topic(), 'aws:sns/topicPolicy:TopicPolicy').inputs['policy'];
    const allowed = statementsOf(policy).filter(({ Effect }) => Effect === 'Allow');
    expect(allowed.map(({ Principal }) => Principal)).to.deep.equal(
      ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'].map((service) => ({ Service: service })),
    );
    for (const { Action, Condition } of allowed) {
      expect(Action).to.equal('sns:Publish');
      expect(Condition).to.deep.equal({ StringEquals: { 'aws:SourceAccount': accountId } });
    }
  });

  it('takes nothing without TLS', async () => {
    const policy = only(await topic(), 'aws:sns/topicPolicy:TopicPolicy').inputs['policy'];
    const denied = statementsOf(policy).find(({ Effect }) => Effect === 'Deny');
    expect(denied?.Condition).to.deep.equal({ Bool: { 'aws:SecureTransport': 'false' } });
  });

  it('writes to everybody in the settings', async () => {
    const subscriptions = ofType(await topic(), 'aws:sns/topicSubscription:TopicSubscription');
    expect(subscriptions.map(({ inputs }) => [inputs['protocol'], inputs['endpoint']])).to.deep.equal(
      emails.map((email) => ['email', email]),
    );
  });
});

describe('the budget (C66)', () => {
  it('counts one stack and warns at 80 % forecast and 100 % spent', async () => {
    const costTag = { key: 'deployment', value: 'greenroom-dev' };
    const alarmTopicArn = 'arn:topic';
    const made = await capture(() => new Budget('budget', { monthlyUsd: 20, costTag, alarmTopicArn }));
    const { inputs } = only(made, 'aws:budgets/budget:Budget');
    expect(inputs).to.include({ limitAmount: '20', limitUnit: 'USD', timeUnit: 'MONTHLY' });
    expect(inputs['costFilters']).to.deep.equal([
      { name: 'TagKeyValue', values: ['user:deployment$greenroom-dev'] },
    ]);
    const notifications = inputs['notifications'] as readonly Record<string, unknown>[];
    expect(notifications.map((one) => [one['notificationType'], one['threshold']])).to.deep.equal([
      ['FORECASTED', 80],
      ['ACTUAL', 100],
    ]);
    for (const one of notifications) expect(one['subscriberSnsTopicArns']).to.deep.equal([alarmTopicArn]);
  });
});

describe('the audit trail (A54, C77)', () => {
  it('is encrypted, in all regions, and notices a changed log', async () => {
    const { inputs } = only(await trail([]), 'aws:cloudtrail/trail:Trail');
    expect(inputs).to.include({ kmsKeyId: keyArn, enableLogFileValidation: true, isMultiRegionTrail: true });
  });

  it('records the reads and writes of the given buckets', async () => {
    const { inputs } = only(await trail(['arn:aws:s3:::media']), 'aws:cloudtrail/trail:Trail');
    expect(JSON.stringify(inputs['advancedEventSelectors'])).to.include(
      '"startsWiths":["arn:aws:s3:::media/"]',
    );
  });

  it('has an access log, which tells who read it', async () => {
    const { inputs, dependencies } = only(await trail([]), 'aws:s3/bucketLogging:BucketLogging');
    expect(inputs).to.deep.equal({ bucket: 'audit', targetBucket: 'logs', targetPrefix: 'audit/' });
    expect(dependencies.join()).to.match(/BucketPolicy::logs-policy/v);
  });

  it('lets exactly this trail write into its bucket', async () => {
    const { inputs } = only(await trail([]), 'aws:s3/bucketPolicy:BucketPolicy', 'audit-policy');
    const { policy } = inputs;
    const writes = statementsOf(policy).filter(({ Action }) => Action === 's3:PutObject');
    expect(writes).to.have.length(1);
    expect(writes[0]?.Condition['StringEquals']?.['aws:SourceArn']).to.equal(
      'arn:aws:cloudtrail:us-east-1:123456789012:trail/greenroom-dev',
    );
    expect(writes[0]?.Resource).to.match(/\/AWSLogs\/123456789012\/\*$/v);
  });
});

describe('the dashboard of a stack (A70, C80)', () => {
  it('shows whatever has alarms, by its physical name', async () => {
    const watched: Watched[] = [];
    const made = await capture(() => {
      const monitoring = { alarmTopicArn: 'arn:topic', onWatched: (one: Watched) => watched.push(one) };
      const alarms = new ResourceAlarms('uploads', {
        kind: 'queue',
        dimensions: { QueueName: 'q-1' },
        monitoring,
      });
      const dashboard = new Dashboard('dashboard', {
        dashboardName: 'greenroom-dev',
        region: 'us-east-1',
        watched,
        bucketNames: ['media-1'],
        modelId: '',
      });
      return [alarms, dashboard];
    });
    const { inputs } = only(made, 'aws:cloudwatch/dashboard:Dashboard');
    expect(inputs['dashboardName']).to.equal('greenroom-dev');
    expect(inputs['dashboardBody']).to.include('"QueueName","q-1"').and.include('"media-1"');
    expect(inputs['dashboardBody']).to.include('arn:aws:cloudwatch:us-east-1:123456789012:uploads-age');
  });
});
