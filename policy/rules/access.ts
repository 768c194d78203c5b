// Who may do what? Nobody more than the specification says, and no stranger anything.
import { permissionsFor } from '../../systems/permissions.ts';
import type { Grant } from '../../systems/stage.ts';
import { textOf, textsOf } from '../read.ts';
import { type Rule, unless } from '../rule.ts';
import { policyTypes, type Statement, statementsOf } from '../statements.ts';

const serviceGrants: readonly Grant[] = [{ action: 'pictures:label' }, { action: 'speech:transcribe' }];

/** Actions for which IAM knows no resource; each is allowed on `*`, and nothing else is. */
export const resourcelessActions: ReadonlySet<string> = new Set([
  ...permissionsFor(serviceGrants)
    .filter(({ target }) => target.kind === 'anything')
    .flatMap(({ actions }) => actions),
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  // How Step Functions sets up its own log; they are about the account's log delivery.
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
]);

/** An ARN that says which thing it is about: region, account and at least the beginning of a name. */
const namesSomething = (arn: string): boolean => {
  const [scheme, partition, service, region, account, ...rest] = arn.split(':');
  const name = rest.join(':');
  return (
    scheme === 'arn' &&
    ![partition, service, region, account].some((part) => part === undefined || part.includes('*')) &&
    name !== '' &&
    !name.startsWith('*')
  );
};

/** The account's own administrators decide over a key through IAM; AWS asks every key policy for this statement. */
const isAccountOverKey = ({ policy, principals }: Statement): boolean =>
  policy === 'key' &&
  principals.every(({ kind, id }) => kind === 'AWS' && /^arn:aws:iam::\d{12}:root$/.test(id));

/** Condition keys that tie a request to one account or one thing. */
const tyingKeys = new Set([
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:principalaccount',
  'aws:principalorgid',
]);
const isTied = ({ conditions }: Statement): boolean =>
  conditions.some(
    ({ operator, key, values }) =>
      !operator.includes('Not') &&
      (tyingKeys.has(key) || key.startsWith('kms:encryptioncontext:')) &&
      values.length > 0 &&
      values.every(
        (value) => /\d{12}/.test(value) || key === 'aws:principalorgid' || value.startsWith('arn:aws:s3:::'),
      ),
  );

/** A law about single statements; the sentence is put behind the statement's label. */
const eachStatement =
  (problemOf: (statement: Statement) => string | null): Rule['check'] =>
  (resource) =>
    statementsOf(resource).flatMap((statement) => {
      const problem = statement.allows ? problemOf(statement) : null;
      return problem === null ? [] : [`${statement.label} ${problem}`];
    });

/** Services that send no account or resource along when they take a role. */
const silentServices = new Set(['lambda.amazonaws.com', 'apigateway.amazonaws.com']);

export const accessRules: readonly Rule[] = [
  {
    name: 'no-wildcard-action',
    asks: 'A policy that allows something names every action; only an account may have `kms:*` on its own key.',
    why: 'A star also allows what AWS adds next year.',
    sources: ['FSBP IAM.1', 'FSBP IAM.21', 'AwsSolutions-IAM5', 'Serverless-IAMNoWildcardPermissions', 'A52'],
    severity: 'high',
    scope: 'resource',
    types: policyTypes,
    check: eachStatement((statement) => {
      const stars = statement.actions.filter((action) => action.includes('*'));
      return stars.length === 0 || isAccountOverKey(statement) ? null : `allows ${stars.join(', ')}`;
    }),
  },
  {
    name: 'no-wildcard-resource',
    asks: 'A role may do something only to things that its policy names; `*` stands only with actions that know no resource.',
    why: 'A handler that is taken over must not reach another stack’s data.',
    sources: ['FSBP IAM.1', 'AwsSolutions-IAM5', 'Serverless-IAMNoWildcardPermissions', 'A52'],
    severity: 'high',
    scope: 'resource',
    types: policyTypes,
    check: eachStatement(({ policy, actions, resources }) => {
      if (policy !== 'identity' || actions.every((action) => resourcelessActions.has(action))) return null;
      const wide = resources.filter((arn) => !namesSomething(arn));
      return wide.length === 0 ? null : `allows ${actions.join(', ')} on ${wide.join(', ')}`;
    }),
  },
  {
    name: 'no-negated-permission',
    asks: 'What is allowed is said by what it is, never by NotAction, NotResource or NotPrincipal.',
    why: 'Everything that is not named, and everything that does not exist yet, would be allowed.',
    sources: ['AwsSolutions-IAM5'],
    severity: 'high',
    scope: 'resource',
    types: policyTypes,
    check: eachStatement(({ isNegated }) => (isNegated ? 'allows by exclusion' : null)),
  },
  {
    name: 'no-decrypt-everywhere',
    asks: 'Decryption is allowed with named keys only.',
    why: 'One role that may use all keys makes every key worth as much as that role.',
    sources: ['FSBP KMS.1', 'FSBP KMS.2'],
    severity: 'high',
    scope: 'resource',
    types: policyTypes,
    check: eachStatement(({ policy, actions, resources }) => {
      const decrypts = actions.some((action) =>
        ['kms:Decrypt', 'kms:ReEncryptFrom', 'kms:*', '*'].includes(action),
      );
      const wide = resources.filter((arn) => !/^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/.test(arn));
      return policy === 'identity' && decrypts && wide.length > 0 ? `decrypts with ${wide.join(', ')}` : null;
    }),
  },
  {
    name: 'no-public-principal',
    asks: 'No policy of a bucket, queue, topic, key, API, repository or role lets everybody in without tying them to an account.',
    why: 'The user’s recordings would be the internet’s.',
    sources: ['FSBP S3.2', 'FSBP S3.3', 'FSBP SQS.3', 'FSBP SNS.4', 'FSBP KMS.5', 'AwsSolutions-ECR1', 'A38'],
    severity: 'critical',
    scope: 'resource',
    types: policyTypes,
    check: eachStatement((statement) =>
      statement.principals.some(({ kind }) => kind === 'anyone') && !isTied(statement)
        ? 'lets anybody in'
        : null,
    ),
  },
  {
    name: 'service-is-tied-to-account',
    asks: 'A service of AWS that may use a thing or take a role may do so only for this account or one resource of it (`aws:SourceAccount`, `aws:SourceArn`).',
    why: 'Services act for all their customers: without it somebody else’s rule or trail could use ours (the confused deputy).',
    sources: ['A52'],
    severity: 'high',
    scope: 'resource',
    types: policyTypes,
    check: eachStatement((statement) => {
      const services = statement.principals
        .filter(
          ({ kind, id }) => kind === 'Service' && !(statement.policy === 'trust' && silentServices.has(id)),
        )
        .map(({ id }) => id);
      return services.length > 0 && !isTied(statement)
        ? `lets ${services.join(', ')} act for any account`
        : null;
    }),
  },
  {
    name: 'only-own-account',
    asks: 'No policy lets in a principal of another account; the only one it names is the account of the resource, over its key.',
    why: 'Access from outside has to be a decision that somebody reads in a review, not an ARN in a document.',
    sources: ['FSBP S3.6'],
    severity: 'critical',
    scope: 'resource',
    types: policyTypes,
    check: eachStatement((statement) => {
      const foreign = statement.principals.filter(({ kind }) =>
        ['AWS', 'CanonicalUser', 'Federated'].includes(kind),
      );
      return foreign.length === 0 || isAccountOverKey(statement)
        ? null
        : `lets in ${foreign.map(({ id }) => id).join(', ')}`;
    }),
  },
  {
    name: 'no-managed-policy',
    asks: 'Roles carry policies that are written here, not policies that AWS manages.',
    why: 'AWS’s policies are wider than one function needs, and change without us.',
    sources: ['AwsSolutions-IAM4', 'A52'],
    severity: 'medium',
    scope: 'resource',
    types: ['aws:iam/rolePolicyAttachment:RolePolicyAttachment', 'aws:iam/role:Role'],
    check: (resource) =>
      [textOf(resource, 'policyArn') ?? '', ...textsOf(resource, 'managedPolicyArns')]
        .filter((arn) => arn.startsWith('arn:aws:iam::aws:policy/'))
        .map((arn) => `takes ${arn}`),
  },
  {
    name: 'no-long-lived-credentials',
    asks: 'A stack makes no IAM users, groups or access keys.',
    why: 'Keys that do not expire are the ones that leak.',
    sources: ['FSBP IAM.2', 'C76'],
    severity: 'critical',
    scope: 'resource',
    types: [
      'aws:iam/user:User',
      'aws:iam/accessKey:AccessKey',
      'aws:iam/group:Group',
      'aws:iam/userPolicy:UserPolicy',
    ],
    check: ({ type }) => [`${type} is a long-lived credential`],
  },
  {
    name: 'function-callers-are-tied',
    asks: 'Whoever may call a function is a service of AWS, for one API or resource of this account; functions have no URL of their own.',
    why: 'A function that anybody may call is an open door with the rights of its role.',
    sources: ['FSBP Lambda.1'],
    severity: 'critical',
    scope: 'resource',
    types: ['aws:lambda/permission:Permission', 'aws:lambda/functionUrl:FunctionUrl'],
    check: (resource) =>
      resource.type === 'aws:lambda/functionUrl:FunctionUrl'
        ? ['gives the function an address of its own']
        : [
            ...unless(
              /^[a-z0-9.-]+\.amazonaws\.com$/.test(textOf(resource, 'principal') ?? ''),
              'lets anybody call the function',
            ),
            ...unless(
              /\d{12}/.test(
                `${textOf(resource, 'sourceArn') ?? ''} ${textOf(resource, 'sourceAccount') ?? ''}`,
              ),
              'does not say for whom the service may call',
            ),
          ],
  },
];
