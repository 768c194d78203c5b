// How does the interview system exist in AWS? Stores, the pipeline, what starts it, and the API in front.
import * as pulumi from '@pulumi/pulumi';
import { analysisMachine, mediaBucket, recordsTable } from '../systems/interview/names.ts';
import { analyseInterview } from '../systems/interview/pipeline.ts';
import { media, records } from '../systems/interview/stores.ts';
import { executionEnded, uploadFinished } from '../systems/interview/subscriptions.ts';
import { interview } from '../systems/interview/system.ts';
import type { StageSettings } from '../systems/stage.ts';
import type { RetentionClass, SubscriptionSpecification } from '../systems/system.ts';
import type { AccessLogBucket } from './access-log-bucket.ts';
import type { Durability } from './durability.ts';
import { EventSubscription } from './event-subscription.ts';
import { HttpApi, type HttpApiArgs } from './http-api.ts';
import type { LogKeeping } from './log-group.ts';
import { ObjectStore } from './object-store.ts';
import type { Monitoring } from './operations/monitoring.ts';
import { PipelineStage, type VpcPlacement } from './pipeline-stage.ts';
import { type ModelPlaces, only, type Places } from './places.ts';
import { QueueTrigger } from './queue-trigger.ts';
import { RecordTable } from './record-table.ts';
import type { StageImages } from './stage-images.ts';
import { stagesOf, StateMachine } from './state-machine.ts';

/** Variables that settings decide; the others are names of resources. */
type ChosenVariable =
  'MODEL_ID' | `GUARDRAIL_${'ID' | 'VERSION'}` | 'PICTURE_LABELS' | 'TRANSCRIBE_LANGUAGES' | 'DEPLOYMENT';

export interface InterviewSimulatorArgs {
  /** Twelve digits. */
  readonly accountId: pulumi.Input<string>;
  readonly region: string;
  /** Customer key of everything that is stored. */
  readonly keyArn: pulumi.Input<string>;
  readonly images: StageImages;
  readonly architecture: 'arm64' | 'x86_64';
  readonly durability: Durability;
  /** Days that things of each class are kept. */
  readonly retentionDays: Readonly<Record<RetentionClass, number>>;
  /** Days until an overwritten or deleted object is gone for good. */
  readonly oldVersionDays: number;
  readonly logs: LogKeeping;
  readonly accessLogs: AccessLogBucket;
  readonly monitoring: Monitoring;
  /** Physical name of the index by user (A33). */
  readonly userIndexName: string;
  /** Sites whose pages may use the bucket and the API. */
  readonly siteOrigins: readonly string[];
  readonly transferAcceleration: boolean;
  readonly throttle: HttpApiArgs['throttle'];
  readonly loggingAccount: HttpApiArgs['loggingAccount'];
  readonly model: ModelPlaces;
  readonly labelsPictures: boolean;
  readonly choices: Readonly<Record<ChosenVariable, string>>;
  /** Memory in MiB of stages that get another one than the specification says. */
  readonly memoryMiB: Readonly<Partial<Record<string, number>>>;
  /** Concurrent executions reserved for a stage, or `null`. */
  readonly reservedConcurrency: (stage: StageSettings) => number | null;
  /** Default: outside of any VPC. */
  readonly vpc?: VpcPlacement;
}

/** Everything from a finished upload to its report, and the API's routes. */
export class InterviewSimulator extends pulumi.ComponentResource {
  readonly media: ObjectStore;
  readonly records: RecordTable;
  readonly analysis: StateMachine;
  readonly uploads: EventSubscription;
  readonly executionEnds: EventSubscription;
  readonly api: HttpApi;

  constructor(name: string, args: InterviewSimulatorArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:systems:InterviewSimulator', name, {}, opts);
    const { accountId, logs, monitoring } = args;
    const parent = { parent: this };
    this.media = new ObjectStore(`${name}-${mediaBucket}`, { ...args, bucket: media }, parent);
    this.records = new RecordTable(
      `${name}-${recordsTable}`,
      { ...args, table: records, indexNames: { byUser: args.userIndexName } },
      parent,
    );

    const stores: Places = {
      ...args,
      bucketArn: only({ [mediaBucket]: this.media.arn }),
      tableArn: only({ [recordsTable]: this.records.arn }),
      machineArn: only({}),
      queueArn: only({}),
    };
    const variables = {
      ...args.choices,
      BUCKET_NAME: this.media.bucketName,
      TABLE_NAME: this.records.tableName,
      ENCRYPTION_KEY_ARN: args.keyArn,
      RECORD_RETENTION_DAYS: String(args.retentionDays.records),
    };
    const run = (
      stage: StageSettings,
      places = stores,
      more: Readonly<Record<string, pulumi.Input<string>>> = {},
    ) =>
      new PipelineStage(
        `${name}-${stage.name}`,
        {
          ...args,
          stage,
          places,
          imageUri: args.images.uri(stage.name),
          memoryMiB: args.memoryMiB[stage.name],
          reservedConcurrency: args.reservedConcurrency(stage),
          variable: only({ ...variables, ...more }),
        },
        parent,
      );

    const machine = { name: analysisMachine, machine: analyseInterview };
    const inPipeline = new Set(stagesOf(machine));
    const functionArns = Object.fromEntries(
      interview.stages
        .filter((stage) => inPipeline.has(stage.name))
        .map((stage) => [stage.name, run(stage).functionArn]),
    );
    this.analysis = new StateMachine(
      `${name}-${analysisMachine}`,
      { machine, functionArn: only(functionArns), accountId, logs, monitoring },
      parent,
    );

    const subscribe = (subscription: SubscriptionSpecification, origin: pulumi.Input<string>) => {
      const events = new EventSubscription(
        `${name}-${subscription.name}`,
        { ...args, subscription, origin },
        parent,
      );
      const places = {
        ...stores,
        machineArn: only({ [analysisMachine]: this.analysis.arn }),
        queueArn: only({ [subscription.name]: events.queue.arn }),
      };
      const { functionArn } = run(subscription.stage, places, { STATE_MACHINE_ARN: this.analysis.arn });
      new QueueTrigger(`${name}-${subscription.name}`, { queueArn: events.queue.arn, functionArn }, parent);
      return events;
    };
    this.uploads = subscribe(uploadFinished, this.media.bucketName);
    this.executionEnds = subscribe(executionEnded, this.analysis.arn);

    const answering = new Map(interview.routes.map(({ stage }) => [stage.name, run(stage)]));
    this.api = new HttpApi(`${name}-api`, { ...args, routes: interview.routes, stages: answering }, parent);
    this.registerOutputs({ stateMachineArn: this.analysis.arn, endpoint: this.api.endpoint });
  }
}
