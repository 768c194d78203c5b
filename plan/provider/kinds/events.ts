// What would AWS say after making a queue, a topic, a rule, an alarm or a trail?
import { arnOf, globalArnOf, random, text, type Kind } from '../making.ts';
import { pseudoUuid } from '../pseudo-random.ts';

const queue: Kind = (making) => {
  const name = making.named('name', 80);
  const url = `https://sqs.${making.region}.amazonaws.com/${making.account}/${name}`;
  return { id: url, outputs: { name, url, arn: arnOf(making, 'sqs', name) } };
};

const topic: Kind = (making) => {
  const name = making.named('name', 256);
  const arn = arnOf(making, 'sns', name);
  return { id: arn, outputs: { name, arn, owner: making.account } };
};

const subscription: Kind = (making) => {
  const arn = `${text(making.inputs, 'topic')}:${pseudoUuid(making.urn)}`;
  return { id: arn, outputs: { arn, ownerId: making.account } };
};

const eventRule: Kind = (making) => {
  const name = making.named('name', 64);
  const bus = text(making.inputs, 'eventBusName') || 'default';
  const path = bus === 'default' ? name : `${bus}/${name}`;
  return { id: path, outputs: { name, arn: arnOf(making, 'events', `rule/${path}`), eventBusName: bus } };
};

const eventTarget: Kind = (making) => {
  const targetId = text(making.inputs, 'targetId') || `terraform-${random(making, 'num', 26)}`;
  return { id: `${text(making.inputs, 'rule')}-${targetId}`, outputs: { targetId } };
};

const alarm: Kind = (making) => {
  const name = making.named('name', 255);
  return { id: name, outputs: { name, arn: arnOf(making, 'cloudwatch', `alarm:${name}`) } };
};

const dashboard: Kind = (making) => {
  const name = text(making.inputs, 'dashboardName') || making.named('dashboardName', 255);
  const arn = globalArnOf(making, 'cloudwatch', `dashboard/${name}`);
  return { id: name, outputs: { dashboardName: name, dashboardArn: arn } };
};

const budget: Kind = (making) => {
  const name = making.named('name', 100);
  const { account } = making;
  return {
    id: `${account}:${name}`,
    outputs: { name, accountId: account, arn: globalArnOf(making, 'budgets', `budget/${name}`) },
  };
};

const trail: Kind = (making) => {
  const name = making.named('name', 128);
  const arn = arnOf(making, 'cloudtrail', `trail/${name}`);
  return { id: arn, outputs: { name, arn, homeRegion: making.region } };
};

export const events: { readonly [type: string]: Kind } = {
  'aws:budgets/budget:Budget': budget,
  'aws:cloudtrail/trail:Trail': trail,
  'aws:cloudwatch/dashboard:Dashboard': dashboard,
  'aws:cloudwatch/eventRule:EventRule': eventRule,
  'aws:cloudwatch/eventTarget:EventTarget': eventTarget,
  'aws:cloudwatch/metricAlarm:MetricAlarm': alarm,
  'aws:sns/topic:Topic': topic,
  'aws:sns/topicSubscription:TopicSubscription': subscription,
  'aws:sqs/queue:Queue': queue,
};
