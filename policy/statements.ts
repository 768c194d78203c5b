// What do the policies of a resource allow, and to whom?
import { at, documentOf, input, isProperties, listOf } from './read.ts';
import type { Resource } from './resource.ts';

/** `identity`: what a role may do. `trust`: who may take it. `resource`: who may use a thing. `key`: who a KMS key. */
export type PolicyKind = 'identity' | 'trust' | 'resource' | 'key';

export interface Principal {
  readonly kind: 'anyone' | 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';
  readonly id: string;
}

export interface Condition {
  readonly operator: string;
  /** In lower case, as IAM compares keys. */
  readonly key: string;
  readonly values: readonly string[];
}

export interface Statement {
  readonly policy: PolicyKind;
  /** For people: the statement's id, or its place in the document. */
  readonly label: string;
  readonly allows: boolean;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly Principal[];
  readonly conditions: readonly Condition[];
  /** Says what it is not about: NotAction, NotResource, NotPrincipal. */
  readonly isNegated: boolean;
}

/** Where the documents of each type are. */
const documents: { readonly [type: string]: readonly (readonly [path: string, kind: PolicyKind])[] } = {
  'aws:iam/rolePolicy:RolePolicy': [['policy', 'identity']],
  'aws:iam/policy:Policy': [['policy', 'identity']],
  'aws:iam/role:Role': [['assumeRolePolicy', 'trust']],
  'aws:kms/key:Key': [['policy', 'key']],
  'aws:s3/bucketPolicy:BucketPolicy': [['policy', 'resource']],
  'aws:sqs/queuePolicy:QueuePolicy': [['policy', 'resource']],
  'aws:sqs/queue:Queue': [['policy', 'resource']],
  'aws:sns/topicPolicy:TopicPolicy': [['policy', 'resource']],
  'aws:sns/topic:Topic': [['policy', 'resource']],
  'aws:ecr/repositoryPolicy:RepositoryPolicy': [['policy', 'resource']],
  'aws:apigateway/restApi:RestApi': [['policy', 'resource']],
  'aws:apigateway/restApiPolicy:RestApiPolicy': [['policy', 'resource']],
  'aws:cloudwatch/logResourcePolicy:LogResourcePolicy': [['policyDocument', 'resource']],
  'aws:cloudwatch/eventBusPolicy:EventBusPolicy': [['policy', 'resource']],
  'aws:dynamodb/resourcePolicy:ResourcePolicy': [['policy', 'resource']],
};

/** Types whose policies are read. */
export const policyTypes: readonly string[] = Object.keys(documents);

/** Every statement in the policies of a resource. @throws NotKnownYet */
export function statementsOf(resource: Resource): readonly Statement[] {
  const inline = listOf(input(resource, 'inlinePolicies')).flatMap((policy) =>
    statementsIn(parse(at(policy, 'policy')), 'identity'),
  );
  const own = (documents[resource.type] ?? []).flatMap(([path, kind]) =>
    statementsIn(documentOf(resource, path), kind),
  );
  return [...own, ...inline];
}

const parse = (text: unknown): unknown => (typeof text === 'string' ? JSON.parse(text) : text);
const texts = (value: unknown): readonly string[] => listOf(value).map(String);

const statementsIn = (document: unknown, policy: PolicyKind): readonly Statement[] =>
  listOf(at(document, 'Statement')).map((statement, index) => ({
    policy,
    label: texts(at(statement, 'Sid'))[0] ?? `statement ${String(index + 1)}`,
    allows: at(statement, 'Effect') === 'Allow',
    actions: texts(at(statement, 'Action')),
    resources: texts(at(statement, 'Resource')),
    principals: principalsIn(at(statement, 'Principal')),
    conditions: conditionsIn(at(statement, 'Condition')),
    isNegated: ['NotAction', 'NotResource', 'NotPrincipal'].some((name) => at(statement, name) !== undefined),
  }));

function principalsIn(value: unknown): readonly Principal[] {
  if (value === '*') return [{ kind: 'anyone', id: '*' }];
  if (!isProperties(value)) return [];
  return Object.entries(value).flatMap(([kind, ids]) =>
    texts(ids).map((id) => ({ kind: id === '*' ? 'anyone' : (kind as Principal['kind']), id })),
  );
}

function conditionsIn(value: unknown): readonly Condition[] {
  if (!isProperties(value)) return [];
  return Object.entries(value).flatMap(([operator, keys]) =>
    Object.entries(isProperties(keys) ? keys : {}).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: texts(values),
    })),
  );
}
