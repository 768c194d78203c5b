// What must be true of every bucket?
import { keepsData } from '../disposable-stacks.ts';
import { dependents } from '../neighbours.ts';
import { at, input, listOf, textOf } from '../read.ts';
import type { Resource, StackGraph } from '../resource.ts';
import { type Rule, unless } from '../rule.ts';
import { type Statement, statementsOf } from '../statements.ts';

const bucket = 'aws:s3/bucket:Bucket';
const oldBuckets = ['aws:s3/bucketV2:BucketV2', 'aws:s3/bucketObject:BucketObject'];

/** Settings of a bucket are resources of their own; the law is broken where there is none, or none that holds. */
const hasSetting = (
  graph: StackGraph,
  owner: Resource,
  type: string,
  holds: (setting: Resource) => boolean,
): boolean => dependents(graph, owner, `aws:s3/${type}`).some(holds);

/** The check of a law that asks for one setting; the sentence is what a bucket without it is told. */
const needsSetting =
  (type: string, holds: (setting: Resource) => boolean, sentence: string): Rule['check'] =>
  (resource, graph) =>
    unless(hasSetting(graph, resource, type, holds), sentence);

const cleansUp = (daysPath: string, what: string): Rule['check'] =>
  needsSetting(
    'bucketLifecycleConfiguration:BucketLifecycleConfiguration',
    (lifecycle) =>
      listOf(input(lifecycle, 'rules')).some(
        (rule) => at(rule, 'status') === 'Enabled' && Number(at(rule, daysPath)) > 0,
      ),
    `keeps ${what} for ever`,
  );

const deniesPlainHttp = ({ allows, principals, actions, conditions }: Statement): boolean =>
  !allows &&
  principals.some(({ kind }) => kind === 'anyone') &&
  actions.includes('s3:*') &&
  conditions.some(({ key, values }) => key === 'aws:securetransport' && values.includes('false'));

export const bucketRules: readonly Rule[] = [
  {
    name: 'bucket-blocks-public-access',
    asks: 'Every bucket blocks public access in all four ways.',
    why: 'One policy or ACL by mistake would otherwise publish recordings.',
    sources: ['FSBP S3.1', 'FSBP S3.2', 'FSBP S3.3', 'FSBP S3.8', 'AwsSolutions-S2', 'A38'],
    severity: 'critical',
    scope: 'stack',
    types: [bucket],
    check: needsSetting(
      'bucketPublicAccessBlock:BucketPublicAccessBlock',
      (block) =>
        ['blockPublicAcls', 'blockPublicPolicy', 'ignorePublicAcls', 'restrictPublicBuckets'].every(
          (name) => input(block, name) === true,
        ),
      'does not block public access in all four ways',
    ),
  },
  {
    name: 'bucket-has-no-acl',
    asks: 'The owner of a bucket owns its objects, and ACLs are switched off.',
    why: 'ACLs are a second way to give access, which no policy shows.',
    sources: ['FSBP S3.12'],
    severity: 'medium',
    scope: 'stack',
    types: [bucket],
    check: needsSetting(
      'bucketOwnershipControls:BucketOwnershipControls',
      (controls) => input(controls, 'rule.objectOwnership') === 'BucketOwnerEnforced',
      'lets ACLs count',
    ),
  },
  {
    name: 'bucket-encrypted',
    asks: 'Every bucket encrypts with the stack’s key, and with a bucket key.',
    why: 'Access to data then needs two permissions; the bucket key keeps the second one cheap.',
    sources: ['AwsSolutions-S3', 'A38'],
    severity: 'high',
    scope: 'stack',
    types: [bucket],
    check: needsSetting(
      'bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration',
      (encryption) =>
        listOf(input(encryption, 'rules')).some(
          (rule) =>
            at(rule, 'applyServerSideEncryptionByDefault.sseAlgorithm') === 'aws:kms' &&
            at(rule, 'applyServerSideEncryptionByDefault.kmsMasterKeyId') !== undefined &&
            at(rule, 'bucketKeyEnabled') === true,
        ),
      'is not encrypted with a customer key',
    ),
  },
  {
    name: 'bucket-tls-only',
    asks: 'Every bucket refuses requests that are not encrypted on their way.',
    why: 'A presigned link over HTTP would show the recording to everybody on the way.',
    sources: ['FSBP S3.5', 'AwsSolutions-S10', 'A38'],
    severity: 'high',
    scope: 'stack',
    types: [bucket],
    check: needsSetting(
      'bucketPolicy:BucketPolicy',
      (policy) => statementsOf(policy).some(deniesPlainHttp),
      'takes requests without TLS',
    ),
  },
  {
    name: 'bucket-versioned',
    asks: 'Every bucket keeps old versions of its objects.',
    why: 'An overwritten or deleted recording is the user’s only copy.',
    sources: [],
    severity: 'medium',
    scope: 'stack',
    types: [bucket],
    check: needsSetting(
      'bucketVersioning:BucketVersioning',
      (versioning) => input(versioning, 'versioningConfiguration.status') === 'Enabled',
      'does not keep old versions',
    ),
  },
  {
    name: 'bucket-cleans-up',
    asks: 'Every bucket gives up interrupted uploads and, after a time, old versions.',
    why: 'Nobody sees them in a listing, everybody sees them on the bill.',
    sources: ['FSBP S3.13', 'A39', 'B17'],
    severity: 'low',
    scope: 'stack',
    types: [bucket],
    check: (resource, graph) => [
      ...cleansUp('abortIncompleteMultipartUpload.daysAfterInitiation', 'interrupted uploads')(
        resource,
        graph,
      ),
      ...cleansUp('noncurrentVersionExpiration.noncurrentDays', 'old versions')(resource, graph),
    ],
  },
  {
    name: 'bucket-access-logged',
    asks: 'Every bucket writes an access log, or takes the access logs of others.',
    why: 'It is the only record of who read an object with a presigned link.',
    sources: ['FSBP S3.9', 'AwsSolutions-S1'],
    severity: 'medium',
    scope: 'stack',
    types: [bucket],
    check: needsSetting(
      'bucketLogging:BucketLogging',
      (logging) => textOf(logging, 'targetBucket') !== textOf(logging, 'bucket'),
      'has no access log',
    ),
  },
  {
    name: 'browsers-only-from-our-sites',
    asks: 'Pages that may read a bucket are listed by their origin.',
    why: 'With a star every page on the web could use a link that it finds.',
    sources: ['A37'],
    severity: 'high',
    scope: 'resource',
    types: ['aws:s3/bucketCorsConfiguration:BucketCorsConfiguration'],
    check: (resource) =>
      listOf(input(resource, 'corsRules')).flatMap((rule) =>
        ['allowedOrigins', 'allowedMethods', 'allowedHeaders']
          .filter((name) => listOf(at(rule, name)).some((value) => String(value).includes('*')))
          .map((name) => `has a star among its ${name}`),
      ),
  },
  {
    name: 'no-outdated-bucket',
    asks: 'Buckets are made as `aws:s3/bucket:Bucket` with a resource for each setting.',
    why: 'The laws on buckets look at those.',
    sources: [],
    severity: 'low',
    scope: 'resource',
    types: oldBuckets,
    check: ({ type }) => [`${type} is not looked at by the laws on buckets`],
  },
  {
    name: 'objects-are-kept',
    asks: 'Where data is kept, deleting a bucket or a repository never deletes what is in it.',
    why: 'One wrong `pulumi destroy` would take every recording.',
    sources: ['B14'],
    severity: 'critical',
    scope: 'resource',
    types: [bucket, 'aws:ecr/repository:Repository', 'awsx:ecr:Repository'],
    check: (resource, { stack }) =>
      ['forceDestroy', 'forceDelete']
        .filter((name) => keepsData(stack) && input(resource, name) === true)
        .map((name) => `has ${name}`),
  },
];
