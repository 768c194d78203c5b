// Do alarms go off when they must, and stay quiet when nothing happened?
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import type { AlarmRule } from '../../systems/alarms/rule.ts';
import { alarmsOf, alarmTable, isAlarmedIn, runbookOf, type AlarmedKind } from '../../systems/alarms.ts';
import { retryTable } from '../../systems/interview/faults.ts';
import { interview } from '../../systems/interview/system.ts';
import { permissionsFor } from '../../systems/permissions.ts';

const kinds = Object.keys(alarmTable) as AlarmedKind[];
const all = kinds.flatMap((kind) => alarmTable[kind].rules.map((rule) => ({ kind, rule })));
const title = ({ kind, rule }: (typeof all)[number]): string => `${kind} ${rule.name}`;
const metricsOf = ({ measure }: AlarmRule) =>
  'formula' in measure ? Object.values(measure.metrics) : [measure];

function ruleOf(kind: AlarmedKind, name: string): AlarmRule {
  const found = alarmTable[kind].rules.find((rule) => rule.name === name);
  if (!found) throw new Error(`no alarm ${kind} ${name}`);
  return found;
}

/** What CloudWatch makes of a formula and one period's numbers; a metric without data is left out. */
function evaluate({ measure }: AlarmRule, numbers: Readonly<Record<string, number>>): number {
  if (!('formula' in measure)) throw new Error('no formula');
  const silent = Object.fromEntries(Object.keys(measure.metrics).map((name) => [name, null]));
  const functions = {
    FILL: (value: number | null, instead: number) => value ?? instead,
    IF: (condition: boolean, yes: number, no: number) => (condition ? yes : no),
  };
  return Number(runInNewContext(measure.formula, { ...silent, ...numbers, ...functions }));
}

const goesOff = (kind: AlarmedKind, name: string, numbers: Readonly<Record<string, number>>): boolean => {
  const rule = ruleOf(kind, name);
  return evaluate(rule, numbers) > Number(rule.threshold);
};

/** Age of a message in seconds above which its queue calls. */
const oldestAt = (redeliverySeconds: number): number | undefined =>
  alarmsOf('queue', { redeliverySeconds }).find(({ rule }) => rule.name === 'age')?.threshold;

describe('the table of alarms (A48, A70, B55, B56, C80, C83)', () => {
  it('has alarms for every kind, each with its own name', () => {
    for (const kind of kinds) {
      const names = alarmTable[kind].rules.map(({ name }) => name);
      expect(names, kind).not.to.have.length(0);
      expect(new Set(names).size, kind).to.equal(names.length);
    }
  });

  for (const entry of all) {
    it(`says what happened, why the threshold is there and where help is: ${title(entry)}`, () => {
      const { kind, rule } = entry;
      expect(rule.sentence).to.match(/^[A-Z].{20,}\.$/v);
      expect(rule.why).to.match(/^[A-Z].{40,}\.$/v);
      expect(runbookOf(kind, rule)).to.match(/^docs\/operate\.md#[a-z]+(?:-[a-z]+)*$/v);
    });

    it(`has periods that CloudWatch takes: ${title(entry)}`, () => {
      const { periodSeconds, evaluationPeriods, datapointsToAlarm } = entry.rule;
      expect(periodSeconds % 60).to.equal(0);
      expect(datapointsToAlarm).to.be.within(1, evaluationPeriods);
      // One day is the longest that CloudWatch evaluates periods shorter than an hour over.
      expect(periodSeconds * evaluationPeriods).to.be.at.most(86_400);
    });

    it(`stays quiet when nothing happens: ${title(entry)}`, () => {
      const { rule } = entry;
      expect(rule.missingData).to.be.oneOf(['notBreaching', 'ignore']);
      if ('formula' in rule.measure) expect(evaluate(rule, {})).to.equal(0);
    });
  }

  it('uses every metric of a formula and knows every name in it', () => {
    for (const { rule } of all) {
      if (!('formula' in rule.measure)) continue;
      const used = new Set(rule.measure.formula.match(/[a-z]+/gv));
      expect([...used], rule.name).to.have.members(Object.keys(rule.measure.metrics));
    }
  });

  it('stays within one resource: no rule sets a dimension that names it', () => {
    const clashes = all.flatMap(({ kind, rule }) =>
      metricsOf(rule)
        .flatMap(({ dimensions = {} }) => Object.keys(dimensions))
        .filter((name) => alarmTable[kind].dimensions.includes(name)),
    );
    expect(clashes).to.deep.equal([]);
  });
});

describe('regions', () => {
  it('of alarms are where the service reports: CloudFront in us-east-1, all others beside the resource', () => {
    const elsewhere = kinds.filter((kind) => !isAlarmedIn(kind, 'eu-west-1'));
    expect(elsewhere).to.deep.equal(['distribution']);
    expect(kinds.filter((kind) => !isAlarmedIn(kind, 'us-east-1'))).to.deep.equal([]);
  });
});

describe('thresholds', () => {
  it('follow the limits of the resource (C86)', () => {
    const facts = { timeoutSeconds: 30, reservedConcurrency: 20, accountConcurrency: 1000 };
    const thresholds = (kind: AlarmedKind) =>
      Object.fromEntries(alarmsOf(kind, facts).map(({ rule, threshold }) => [rule.name, threshold]));
    expect(thresholds('function')).to.include({ duration: 27_000, concurrency: 16 });
    expect(thresholds('account')).to.include({ concurrency: 800 });
  });

  it('go off at the last copy where a single one is reserved', () => {
    const alarms = alarmsOf('function', { timeoutSeconds: 30, reservedConcurrency: 1 });
    expect(alarms.find(({ rule }) => rule.name === 'concurrency')?.threshold).to.be.within(0, 0.99);
  });

  it('are not invented when a fact is missing', () => {
    expect(() => alarmsOf('function')).to.throw('the alarm function duration needs to know timeoutMs');
    expect(() => alarmsOf('account')).to.throw('needs to know accountConcurrency');
  });

  it('call at the first dead letter, and are not calmed by the silence of the queue (B58, C43)', () => {
    expect(ruleOf('dead-letter-queue', 'messages')).to.include({
      threshold: 0,
      periodSeconds: 60,
      datapointsToAlarm: 1,
      missingData: 'ignore',
    });
    expect(all.filter(({ rule }) => rule.missingData === 'ignore')).to.have.length(1);
  });

  it('let refused calls wait for their turn, and call well before the first of them gives up', () => {
    const { periodSeconds, evaluationPeriods, datapointsToAlarm } = ruleOf('function', 'throttles');
    const full = retryTable.find(({ ErrorEquals }) =>
      ErrorEquals.includes('Lambda.TooManyRequestsException'),
    );
    if (!full) throw new Error('refused calls are not tried again');
    const { IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Infinity, MaxAttempts = 3 } = full;
    const delays = Array.from({ length: MaxAttempts }, (_, attempt) =>
      Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds),
    );
    // Full jitter: anything between nothing and the delay, so half of it on average.
    const patienceSeconds = delays.reduce((sum, delay) => sum + delay / 2, 0);
    expect(Math.round(patienceSeconds / 60)).to.equal(
      Number(/(\d+) minutes on average/v.exec(ruleOf('function', 'throttles').why)?.[1]),
    );
    expect(datapointsToAlarm).to.equal(evaluationPeriods).and.to.be.greaterThan(1);
    expect(periodSeconds * evaluationPeriods).to.be.lessThan((2 / 3) * patienceSeconds);
    // Even while a single call waits longest, every period holds one of its attempts, on average.
    expect(periodSeconds).to.be.at.least(MaxDelaySeconds / 2);
  });

  it('call at more than ten 5xx a minute (C85)', () => {
    expect(ruleOf('http-api', 'server-errors')).to.include({ threshold: 10, periodSeconds: 60 });
  });

  it('give a queue more time than its messages need before they are dead letters', () => {
    expect(oldestAt(3 * 180)).to.equal(900);
    for (const { stage, maxReceiveCount } of interview.subscriptions) {
      // A message stays hidden for six times the function's timeout after each delivery.
      const redeliverySeconds = maxReceiveCount * 6 * stage.timeoutSeconds;
      expect(oldestAt(redeliverySeconds)).to.be.at.least(redeliverySeconds);
    }
  });

  it('see every operation that grants allow on a table', () => {
    const actions = interview.stages
      .flatMap(({ grants }) => permissionsFor(grants))
      .flatMap((one) => one.actions);
    const allowed = actions.flatMap((action) => action.match(/^dynamodb:(.+)$/v)?.[1] ?? []);
    const watched = metricsOf(ruleOf('table', 'system-errors')).map(
      (metric) => metric.dimensions?.['Operation'],
    );
    expect(watched).to.have.members([...new Set(allowed)]);
  });
});

describe('formulas', () => {
  for (const [numbers, expected] of [
    [{ failed: 1 }, false],
    [{ failed: 2 }, true],
    [{ failed: 2, succeeded: 2 }, false],
    [{ failed: 3, succeeded: 2 }, true],
    [{ failed: 9, succeeded: 90 }, false],
    [{ succeeded: 5 }, false],
  ] as const) {
    it(`${expected ? 'go' : 'do not go'} off for executions with ${JSON.stringify(numbers)}`, () => {
      expect(goesOff('state-machine', 'failed', numbers)).to.equal(expected);
    });
  }

  for (const [numbers, expected] of [
    [{ errors: 1, invocations: 1 }, false],
    [{ errors: 4, invocations: 4 }, false],
    [{ errors: 5, invocations: 5 }, true],
    [{ errors: 4, invocations: 10 }, false],
    [{ errors: 5, invocations: 10 }, true],
  ] as const) {
    it(`${expected ? 'go' : 'do not go'} off for a function with ${JSON.stringify(numbers)}`, () => {
      expect(goesOff('function', 'errors', numbers)).to.equal(expected);
    });
  }

  it('leave a site with few requests alone, and one whose requests fail now and then', () => {
    expect(goesOff('distribution', 'server-errors', { failed: 100, requests: 49 })).to.equal(false);
    expect(goesOff('distribution', 'server-errors', { failed: 5, requests: 50 })).to.equal(false);
    expect(goesOff('distribution', 'server-errors', { failed: 5.1, requests: 50 })).to.equal(true);
  });

  it('count every way of asking a user pool too often', () => {
    for (const metric of ['registrations', 'logins', 'refreshes'])
      expect(goesOff('user-pool', 'throttles', { [metric]: 1 }), metric).to.equal(true);
  });

  it('leave refused requests and slow answers alone where there are few requests', () => {
    expect(goesOff('http-api', 'client-errors', { refused: 49, requests: 49 })).to.equal(false);
    expect(goesOff('http-api', 'client-errors', { refused: 30, requests: 50 })).to.equal(true);
    expect(goesOff('http-api', 'latency', { slowest: 9000, requests: 99 })).to.equal(false);
    expect(goesOff('http-api', 'latency', { slowest: 2001, requests: 100 })).to.equal(true);
  });
});
