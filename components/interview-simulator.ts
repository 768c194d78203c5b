// How does the interview system exist in AWS? Stores, the pipeline, what starts it, the API in front, and the app.
import * as pulumi from '@pulumi/pulumi';
import { analysisMachine, mediaBucket, preferencesTable, recordsTable } from '../systems/interview/names.ts';
import { analyseInterview } from '../systems/interview/pipeline.ts';
import { executionEnded, recordsDue, uploadFinished } from '../systems/interview/subscriptions.ts';
import { interview } from '../systems/interview/system.ts';
import type { StageSettings } from '../systems/stage.ts';
import type { SubscriptionSpecification } from '../systems/system.ts';
import { EventSubscription } from './event-subscription.ts';
import { HttpApi, type HttpApiArgs } from './http-api.ts';
import { interviewFunction, type InterviewFunctionsArgs, type Surroundings } from './interview-functions.ts';
import { InterviewSite, type InterviewSiteArgs } from './interview-site.ts';
import { interviewStores, type InterviewStores, type InterviewStoresArgs } from './interview-stores.ts';
import { type ModelPlaces, only } from './places.ts';
import { QueueTrigger } from './queue-trigger.ts';
import { stagesOf, StateMachine } from './state-machine.ts';
import { UserPool, type UserPoolArgs } from './user-pool.ts';

/** Variables that settings decide; the others are names of resources. */
type ChosenVariable =
  'MODEL_ID' | `GUARDRAIL_${'ID' | 'VERSION'}` | 'PICTURE_LABELS' | 'TRANSCRIBE_LANGUAGES' | 'DEPLOYMENT';

export interface InterviewSimulatorArgs
  extends
    InterviewStoresArgs,
    InterviewFunctionsArgs,
    UserPoolArgs,
    Pick<HttpApiArgs, 'throttle' | 'loggingAccount'>,
    Pick<InterviewSiteArgs, 'files' | 'domain' | 'recordingLimitSeconds'> {
  /** Origins beside the site's own whose pages may sign users in, and use the bucket. */
  readonly siteOrigins: readonly string[];
  readonly model: ModelPlaces;
  /** Whether pictures may leave for Amazon Rekognition. */
  readonly labelsPictures: boolean;
  readonly choices: Readonly<Record<ChosenVariable, string>>;
}

/** Everything from a user's signing in, over a finished upload, to its report. */
export class InterviewSimulator extends pulumi.ComponentResource {
  readonly stores: InterviewStores;
  readonly users: UserPool;
  readonly analysis: StateMachine;
  readonly uploads: EventSubscription;
  readonly executionEnds: EventSubscription;
  readonly expiry: EventSubscription;
  readonly api: HttpApi;
  readonly site: InterviewSite;

  constructor(name: string, args: InterviewSimulatorArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:systems:InterviewSimulator', name, {}, opts);
    const parent = { parent: this };
    // Functions must know the app client and the bucket the site, both of which need the API's address first.
    const [siteOrigin, onSite] = pulumi.deferredOutput<string>();
    const [clientId, onClient] = pulumi.deferredOutput<string>();
    this.stores = interviewStores(name, args, [siteOrigin, ...args.siteOrigins], parent);
    this.users = new UserPool(`${name}-users`, args, parent);
    const around = surroundings(args, this.stores, this.users, clientId);
    const run = (stage: StageSettings, known: Surroundings) =>
      interviewFunction(name, args, stage, known, parent);

    const machine = { name: analysisMachine, machine: analyseInterview };
    const inPipeline = new Set(stagesOf(machine));
    const functionArns = Object.fromEntries(
      interview.stages
        .filter((stage) => inPipeline.has(stage.name))
        .map((stage) => [stage.name, run(stage, around).functionArn]),
    );
    this.analysis = new StateMachine(
      `${name}-${analysisMachine}`,
      { ...args, machine, functionArn: only(functionArns) },
      parent,
    );

    const beside: Surroundings = {
      places: { ...around.places, machineArn: only({ [analysisMachine]: this.analysis.arn }) },
      variables: { ...around.variables, STATE_MACHINE_ARN: this.analysis.arn },
    };
    const subscribe = (subscription: SubscriptionSpecification, origin: pulumi.Input<string> | null) => {
      const events = new EventSubscription(
        `${name}-${subscription.name}`,
        { ...args, subscription, origin },
        parent,
      );
      const queueArn = only({ [subscription.name]: events.queue.arn });
      const { functionArn } = run(subscription.stage, {
        ...beside,
        places: { ...beside.places, queueArn },
      });
      new QueueTrigger(`${name}-${subscription.name}`, { queueArn: events.queue.arn, functionArn }, parent);
      return events;
    };
    this.uploads = subscribe(uploadFinished, this.stores.media.bucketName);
    this.executionEnds = subscribe(executionEnded, this.analysis.arn);
    this.expiry = subscribe(recordsDue, null);

    const answering = new Set(interview.routes.map(({ stage }) => stage));
    this.api = new HttpApi(
      `${name}-api`,
      {
        ...args,
        routes: interview.routes,
        stages: new Map([...answering].map((stage) => [stage.name, run(stage, beside)])),
        userPoolArn: this.users.arn,
      },
      parent,
    );
    this.site = new InterviewSite(
      `${name}-site`,
      { ...args, ...this.stores, users: this.users, api: { endpoint: this.api.address } },
      parent,
    );
    onSite(this.site.origin);
    onClient(this.site.clientId);
    this.registerOutputs({
      stateMachineArn: this.analysis.arn,
      endpoint: this.api.endpoint,
      siteUrl: this.site.url,
    });
  }
}

/** What every function may know: nothing of the state machine, which is made of some of them, and of queues. */
const surroundings = (
  args: InterviewSimulatorArgs,
  { media, records, preferences }: InterviewStores,
  users: UserPool,
  clientId: pulumi.Output<string>,
): Surroundings => ({
  places: {
    ...args,
    bucketArn: only({ [mediaBucket]: media.arn }),
    tableArn: only({ [recordsTable]: records.arn, [preferencesTable]: preferences.arn }),
    machineArn: only({}),
    queueArn: only({}),
    userPoolArn: users.arn,
  },
  variables: {
    ...args.choices,
    BUCKET_NAME: media.bucketName,
    TABLE_NAME: records.tableName,
    TABLE_INDEX_NAME: args.userIndexName,
    PREFERENCES_TABLE_NAME: preferences.tableName,
    USER_POOL_ID: users.id,
    USER_POOL_CLIENT_ID: clientId,
    ENCRYPTION_KEY_ARN: args.keyArn,
    RECORD_RETENTION_DAYS: String(args.retentionDays.records),
  },
});
