// Is the dashboard one that CloudWatch takes, with everything on it?
import { expect } from 'chai';
import { alarmsOf, alarmTable, type AlarmedKind } from '../../systems/alarms.ts';
import type { WatchedResource, Widget } from '../../systems/dashboard/widget.ts';
import { dashboardOf } from '../../systems/dashboard.ts';
import { dashboardBodySchema } from './dashboard-body.ts';

const facts = { timeoutSeconds: 900, reservedConcurrency: 20, accountConcurrency: 1000, memoryMiB: 2048 };
const watchedOf = (kind: AlarmedKind): WatchedResource => ({
  kind,
  label: `the ${kind}`,
  facts,
  dimensions: Object.fromEntries(alarmTable[kind].dimensions.map((name) => [name, `${kind}-${name}`])),
});
const watched = (Object.keys(alarmTable) as AlarmedKind[]).map(watchedOf);
const contents = {
  title: 'greenroom-dev',
  region: 'us-east-1',
  watched,
  alarmArns: ['arn:a'],
  bucketNames: ['media'],
  modelId: 'amazon.nova-pro-v1:0',
};
const body = dashboardOf(contents);
const titled = (title: string): Widget | undefined =>
  body.widgets.find(({ properties }) => properties['title'] === title);
const text = (widget: Widget | undefined): string => JSON.stringify(widget?.properties['metrics']);

describe('the dashboard (A48, A70, C80, C83)', () => {
  it('has the structure that CloudWatch documents', () => {
    const parsed = dashboardBodySchema.safeParse(JSON.parse(JSON.stringify(body)));
    expect(parsed.error?.issues ?? []).to.deep.equal([]);
  });

  it('fills its rows and lays no widget over another', () => {
    for (const [index, a] of body.widgets.entries()) {
      expect(a.x + a.width).to.be.at.most(24);
      for (const b of body.widgets.slice(index + 1))
        expect(
          a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y,
        ).to.equal(true);
    }
  });

  it('has a graph with its threshold for every alarm of every resource', () => {
    for (const { kind, label } of watched)
      for (const { rule, threshold } of alarmsOf(kind, facts)) {
        const widget = titled(`${kind} ${label}: ${rule.name}`);
        expect(widget?.properties['annotations'], `${kind} ${rule.name}`).to.deep.equal({
          horizontal: [{ label: `docs/operate.md#${kind}-${rule.name}`, value: threshold }],
        });
      }
  });

  it('shows how executions end and how many messages wait', () => {
    for (const ending of ['Started', 'Succeeded', 'Failed', 'TimedOut', 'Aborted'])
      expect(text(titled('Executions by status'))).to.include(`"Executions${ending}"`);
    expect(text(titled('Messages that wait')))
      .to.include('"queue-QueueName"')
      .and.include('"dead-letter-queue-QueueName"');
  });

  it('shows who comes and who signs in, CloudFront’s numbers from where it reports them', () => {
    const elsewhere = dashboardOf({ ...contents, region: 'eu-west-1' }).widgets;
    const graphs = elsewhere.filter(({ properties }) =>
      text({ properties } as Widget)?.includes('AWS/CloudFront'),
    );
    expect(graphs.map(({ properties }) => [properties['title'], properties['region']])).to.deep.equal([
      ['Requests to the site', 'us-east-1'],
      ['distribution the distribution: server-errors', 'us-east-1'],
    ]);
    expect(elsewhere.filter(({ properties }) => properties['region'] === 'us-east-1')).to.have.length(2);
    expect(text(titled('Users')))
      .to.include('"SignInSuccesses"')
      .and.include('"user-pool-UserPool"');
    const bare = dashboardOf({ ...contents, watched: [] });
    expect(JSON.stringify(bare)).not.to.include('CloudFront');
  });

  it('shows what costs: GB-seconds from duration and memory, bytes, tokens', () => {
    expect(text(titled('GB-seconds of the functions'))).to.include('"expression":"duration0 / 1000 * 2"');
    expect(text(titled('Bytes stored'))).to.include('"BucketName","media"');
    expect(text(titled('Tokens of the language model'))).to.include('"ModelId","amazon.nova-pro-v1:0"');
  });

  it('shows no tokens without a model and no alarms where there are none', () => {
    const bare = dashboardOf({ ...contents, modelId: '', alarmArns: [] });
    expect(JSON.stringify(bare)).not.to.include('Bedrock').and.not.include('"type":"alarm"');
  });
});
