// Which kinds of resource does the model know by heart?
import { events } from './kinds/events.ts';
import { functions } from './kinds/functions.ts';
import { site } from './kinds/site.ts';
import { stores } from './kinds/stores.ts';
import { text, type Kind } from './making.ts';
import { pseudoRandom } from './pseudo-random.ts';

const answering: { readonly [type: string]: Kind } = { ...stores, ...functions, ...events, ...site };

/** Kinds of which nobody reads more than an id. */
const silent: ReadonlySet<string> = new Set([
  'aws:apigateway/account:Account',
  'aws:apigateway/integration:Integration',
  'aws:apigateway/method:Method',
  'aws:apigateway/methodSettings:MethodSettings',
  'aws:apigateway/requestValidator:RequestValidator',
  'aws:apigateway/response:Response',
  'aws:cloudwatch/logResourcePolicy:LogResourcePolicy',
  'aws:cognito/managedLoginBranding:ManagedLoginBranding',
  'aws:dynamodb/resourcePolicy:ResourcePolicy',
  'aws:ecr/lifecyclePolicy:LifecyclePolicy',
  'aws:ecr/repositoryPolicy:RepositoryPolicy',
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment',
  'aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig',
  'aws:lambda/permission:Permission',
  'aws:sns/topicPolicy:TopicPolicy',
  'aws:sqs/queuePolicy:QueuePolicy',
  'aws:sqs/redriveAllowPolicy:RedriveAllowPolicy',
  'aws:sqs/redrivePolicy:RedrivePolicy',
]);

/** Settings of a bucket (`aws:s3/bucketVersioning:BucketVersioning`) have its name as their id. */
const bucketSetting = /^aws:s3\/bucket(?!Object)[A-Z]/u;
const settingOfBucket: Kind = ({ inputs }) => ({ id: text(inputs, 'bucket'), outputs: {} });

const someKind: Kind = ({ urn, name, inputs }) => ({
  id: text(inputs, 'id') || `${name}-${pseudoRandom(urn, 'hex', 7)}`,
  outputs: {},
});

export const kindOf = (type: string): Kind =>
  answering[type] ?? (bucketSetting.test(type) ? settingOfBucket : someKind);

/** Of other kinds the program learns nothing but an id that was made up. */
export const isModelled = (type: string): boolean =>
  type in answering || silent.has(type) || bucketSetting.test(type);
