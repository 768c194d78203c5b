// Which alarms watch one resource? Those of its kind in the table of systems/alarms.ts.
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { AlarmFacts, AlarmMetric, AlarmRule } from '../../systems/alarms/rule.ts';
import { alarmsOf, alarmTable, runbookOf, type Alarm, type AlarmedKind } from '../../systems/alarms.ts';
import type { Monitoring } from './monitoring.ts';

type Dimensions = Readonly<Record<string, pulumi.Input<string>>>;

export interface ResourceAlarmsArgs {
  readonly kind: AlarmedKind;
  /** CloudWatch dimensions that name the resource, exactly those of its kind: `{ FunctionName }`. */
  readonly dimensions: Dimensions;
  /** What thresholds are made from: a function needs `timeoutSeconds`, the account `accountConcurrency`. */
  readonly facts?: AlarmFacts;
  readonly monitoring: Monitoring;
}

/**
 * One CloudWatch alarm for every rule of the kind, which tells the topic when it goes off and when it is over. None
 * where alarms are declined.
 */
export class ResourceAlarms extends pulumi.ComponentResource {
  /** ARNs of the alarms, in the order of the table. */
  readonly arns: readonly pulumi.Output<string>[];

  constructor(name: string, args: ResourceAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:operations:ResourceAlarms', name, {}, opts);
    const { kind, dimensions, facts = {}, monitoring } = args;
    refuseOtherDimensions(kind, dimensions);
    const wanted = alarmsOf(kind, facts);
    this.arns =
      'declined' in monitoring ? [] : wanted.map((alarm) => this.#alarm(name, args, alarm, monitoring));
    if ('onWatched' in monitoring) {
      monitoring.onWatched?.({ kind, label: name, dimensions, facts, alarmArns: this.arns });
    }
    this.registerOutputs({ arns: this.arns });
  }

  #alarm(
    name: string,
    { kind, dimensions }: ResourceAlarmsArgs,
    alarm: Alarm,
    { alarmTopicArn }: { readonly alarmTopicArn: pulumi.Input<string> },
  ): pulumi.Output<string> {
    return new aws.cloudwatch.MetricAlarm(
      `${name}-${alarm.rule.name}`,
      {
        ...behaviourOf(kind, alarm),
        ...measureOf(alarm.rule, dimensions),
        alarmActions: [alarmTopicArn],
        okActions: [alarmTopicArn],
      },
      { parent: this },
    ).arn;
  }
}

function refuseOtherDimensions(kind: AlarmedKind, dimensions: Dimensions): void {
  const [given, wanted] = [Object.keys(dimensions), alarmTable[kind].dimensions].map((names) =>
    names.toSorted((a, b) => a.localeCompare(b)).join(', '),
  );
  if (given !== wanted) {
    // CloudWatch takes any dimensions and then waits for a metric that never comes.
    throw new Error(`alarms of a ${kind} need the dimensions [${wanted ?? ''}], not [${given ?? ''}]`);
  }
}

const behaviourOf = (kind: AlarmedKind, { rule, threshold }: Alarm) => ({
  alarmDescription: `${rule.severity}: ${rule.sentence} ${runbookOf(kind, rule)}`,
  comparisonOperator: 'GreaterThanThreshold',
  threshold,
  evaluationPeriods: rule.evaluationPeriods,
  datapointsToAlarm: rule.datapointsToAlarm,
  treatMissingData: rule.missingData,
});

/** A single metric stands in the alarm itself, several with their formula in a list of queries. */
function measureOf({ measure, periodSeconds, sentence }: AlarmRule, dimensions: Dimensions) {
  if (!('formula' in measure)) {
    return {
      namespace: measure.namespace,
      metricName: measure.name,
      period: periodSeconds,
      dimensions: dimensionsFor(measure, dimensions),
      ...(measure.statistic === 'p99'
        ? // Where one recording an hour is usual, the slowest of few is all there is to see.
          { extendedStatistic: 'p99', evaluateLowSampleCountPercentiles: 'evaluate' }
        : { statistic: measure.statistic }),
    };
  }
  const metrics = Object.entries(measure.metrics).map(([id, metric]) => ({
    id,
    metric: {
      namespace: metric.namespace,
      metricName: metric.name,
      period: periodSeconds,
      stat: metric.statistic,
      dimensions: dimensionsFor(metric, dimensions),
    },
  }));
  return {
    metricQueries: [
      { id: 'result', expression: measure.formula, label: sentence, returnData: true },
      ...metrics,
    ],
  };
}

const dimensionsFor = (metric: AlarmMetric, dimensions: Dimensions): Dimensions => ({
  ...dimensions,
  ...metric.dimensions,
});
