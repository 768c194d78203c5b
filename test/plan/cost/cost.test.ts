// Do the modelled costs follow the planned resources, and does every figure say where it comes from?
import { expect } from 'chai';
import type { Resource } from '../../../policy/resource.ts';
import { assumptions } from '../../../plan/cost/assumptions.ts';
import { costOf, totalUsd } from '../../../plan/cost/cost.ts';
import type { CostLine } from '../../../plan/cost/line.ts';
import { prices } from '../../../plan/cost/prices.ts';
import type { PlannedStack } from '../../../plan/plan-stack.ts';

const resource = (type: string, name: string, inputs: Resource['inputs'] = {}): Resource => ({
  urn: `urn:pulumi:dev::greenroom::${type}::${name}`,
  type,
  name,
  parent: '',
  inputs,
  protect: false,
  retainOnDelete: false,
  dependencies: [],
});

const stackOf = (...resources: Resource[]): PlannedStack => ({
  stack: 'dev',
  project: 'greenroom',
  resources,
  outputs: {},
  registrations: [],
  unmodelled: [],
  log: [],
});

const convert = (inputs: Resource['inputs']): Resource =>
  resource('aws:lambda/function:Function', 'interview-convert-video', {
    memorySize: 3538,
    architectures: ['arm64'],
    ...inputs,
  });

const usdOf = (lines: readonly CostLine[], what: string): number =>
  totalUsd(lines.filter((line) => line.what === what));

const withTmp = (size: number): readonly CostLine[] =>
  costOf(stackOf(convert({ ephemeralStorage: { size } }))).perMinute;

const kept = (days: number): Resource =>
  resource('aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration', 'media', {
    rules: [{ filter: { prefix: 'uploads/' }, expiration: { days } }],
  });

const labelling = (choice: string): number =>
  usdOf(
    costOf(stackOf(convert({ environment: { variables: { PICTURE_LABELS: choice } } }))).perMinute,
    'Rekognition',
  );

const usersOf = (...resources: Resource[]): number => usdOf(costOf(stackOf(...resources)).perMinute, 'users');

describe('the modelled cost (C63–C66)', () => {
  it('counts a key, a dashboard and each metric that an alarm watches', () => {
    const alarm = 'aws:cloudwatch/metricAlarm:MetricAlarm';
    const { monthly } = costOf(
      stackOf(
        resource('aws:kms/key:Key', 'key'),
        resource('aws:cloudwatch/dashboard:Dashboard', 'dashboard'),
        resource(alarm, 'one', { metricName: 'Errors' }),
        resource(alarm, 'ratio', { metricQueries: [{ expression: 'a/b' }, { metric: {} }, { metric: {} }] }),
      ),
    );
    expect(usdOf(monthly, 'encryption keys')).to.equal(1);
    expect(usdOf(monthly, 'dashboards')).to.equal(3);
    expect(usdOf(monthly, 'metrics watched by alarms')).to.be.closeTo(0.3, 1e-9);
  });

  it('says that an empty stack costs nothing but its logs', () => {
    expect(totalUsd(costOf(stackOf()).monthly)).to.be.lessThan(0.05);
  });

  it('pays conversion by GB-seconds: CPU seconds over busy vCPUs, times memory (A58)', () => {
    const { perMinute } = costOf(stackOf(convert({})));
    // Two vCPUs at 80 %: 45.3 CPU s take 28.3 s in 3.455 GiB; the start is spread over three minutes.
    const seconds = 45.3 / (2 * 0.8) + 1 / 3;
    expect(usdOf(perMinute, 'convert-video')).to.be.closeTo(seconds * (3538 / 1024) * 0.0000133334, 1e-9);
  });

  it('is the same for more memory but for the start, because more memory is more vCPUs', () => {
    const small = usdOf(costOf(stackOf(convert({}))).perMinute, 'convert-video');
    const large = usdOf(costOf(stackOf(convert({ memorySize: 7076 }))).perMinute, 'convert-video');
    expect(large / small).to.be.within(1, 1.02);
  });

  it('is a quarter dearer on x86_64 (B60)', () => {
    const arm = usdOf(costOf(stackOf(convert({}))).perMinute, 'convert-video');
    const x86 = usdOf(costOf(stackOf(convert({ architectures: ['x86_64'] }))).perMinute, 'convert-video');
    expect(x86 / arm).to.be.closeTo(1.25, 0.001);
  });

  it('pays for /tmp above 512 MiB only', () => {
    expect(usdOf(withTmp(512), 'convert-video: /tmp')).to.equal(0);
    expect(usdOf(withTmp(1536), 'convert-video: /tmp')).to.be.greaterThan(0);
  });

  it('keeps uploads for the days of the stack (C79)', () => {
    const month = usdOf(costOf(stackOf(kept(30))).perMinute, 'upload until it expires');
    expect(month).to.be.closeTo(0.019 * 0.023, 1e-9);
    expect(usdOf(costOf(stackOf(kept(300))).perMinute, 'upload until it expires')).to.be.closeTo(
      10 * month,
      1e-9,
    );
  });

  it('asks Rekognition only where the stack does', () => {
    expect(labelling('off')).to.equal(0);
    expect(labelling('rekognition')).to.be.closeTo(0.012, 1e-9);
  });

  it('pays for a user of the month once, spread over the recordings, and for nobody without a pool', () => {
    expect(usersOf(resource('aws:cognito/userPool:UserPool', 'users'))).to.be.closeTo(0.015 / 10 / 3, 1e-9);
    expect(usersOf()).to.equal(0);
  });

  it('asks the API through the site, and pays both for it', () => {
    const api = resource('aws:apigateway/restApi:RestApi', 'api');
    const site = resource('aws:cloudfront/distribution:Distribution', 'site');
    const requests = (...resources: Resource[]): number =>
      usdOf(costOf(stackOf(...resources)).perMinute, 'site: requests');
    expect(usdOf(costOf(stackOf(api)).perMinute, 'API')).to.be.closeTo((50 * 3.5e-6) / 3, 1e-9);
    expect(requests(api)).to.equal(0);
    expect(requests(site, api) - requests(site)).to.be.closeTo((50 * 1e-6) / 3, 1e-12);
  });

  it('names source, date and unit of every price and the reason of every assumption', () => {
    for (const [name, { usd, per, date, source }] of Object.entries(prices)) {
      expect(usd, name).to.be.greaterThan(0);
      expect(per, name).not.to.equal('');
      expect(date, name).to.match(/^20\d\d(-\d\d){0,2}$/);
      expect(source, name).to.have.length.greaterThan(20);
    }
    for (const [name, { value, reason, unit }] of Object.entries(assumptions)) {
      expect(value, name).to.be.greaterThan(0);
      expect(`${reason}${unit}`, name).to.have.length.greaterThan(20);
    }
  });
});
