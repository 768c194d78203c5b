// What must be true of every table, key and image repository?
import { knownKinds } from '../kinds.ts';
import { keepsData } from '../disposable-stacks.ts';
import { dependents, ofType } from '../neighbours.ts';
import { at, documentOf, input, listOf, numberOf, textOf } from '../read.ts';
import { type Rule, unless } from '../rule.ts';
import { userPool } from './users.ts';

const table = 'aws:dynamodb/table:Table';
const key = 'aws:kms/key:Key';
const repository = 'aws:ecr/repository:Repository';
/** What holds data that nobody can make again. */
export const statefulTypes = ['aws:s3/bucket:Bucket', table, key, repository, userPool];

/** What keeps such data private, encrypted and recoverable: settings of a bucket, and who may read images. */
const protectiveTypes = [
  'aws:ecr/repositoryPolicy:RepositoryPolicy',
  ...[...knownKinds].filter((kind) => /^aws:s3\/bucket(?!Object)[A-Z]/.test(kind)),
];

const keyArn = /^(arn:aws:kms:|alias\/(?!aws\/))/;
/** A key of ours, as ARN or alias; not one that AWS manages. */
export const isCustomerKey = (value: unknown): boolean => typeof value === 'string' && keyArn.test(value);

export const storeRules: readonly Rule[] = [
  {
    name: 'data-is-protected',
    asks: 'Where data is kept, everything that holds it is protected by Pulumi.',
    why: 'A renamed component would otherwise delete a bucket and make an empty one.',
    sources: ['B14', 'FSBP KMS.3'],
    severity: 'critical',
    scope: 'resource',
    types: statefulTypes,
    check: ({ protect }, { stack }) => unless(!keepsData(stack) || protect, 'is not protected'),
  },
  {
    name: 'data-stays-behind',
    asks: 'Where data is kept, what holds it stays in AWS when it leaves the program, with all its settings.',
    why: 'Protection can be taken off by the same change that removes the resource, and a bucket that stays without its settings is neither private nor encrypted with our key.',
    sources: ['B14'],
    severity: 'high',
    scope: 'plan',
    types: [...statefulTypes, ...protectiveTypes],
    check: ({ retainOnDelete }, { stack }) =>
      unless(!keepsData(stack) || retainOnDelete, 'goes when it leaves the program'),
  },
  {
    name: 'table-recoverable',
    asks: 'Every table can be set back to any second of the last weeks.',
    why: 'A faulty deployment can overwrite every record within a minute.',
    sources: ['FSBP DynamoDB.2', 'AwsSolutions-DDB3', 'A42'],
    severity: 'high',
    scope: 'resource',
    types: [table],
    check: (resource) =>
      unless(input(resource, 'pointInTimeRecovery.enabled') === true, 'has no point-in-time recovery'),
  },
  {
    name: 'table-on-demand',
    asks: 'Every table takes as many requests as come, and is paid by the request.',
    why: 'A fixed capacity is either idle or throttles.',
    sources: ['FSBP DynamoDB.1', 'A40'],
    severity: 'medium',
    scope: 'resource',
    types: [table],
    check: (resource) =>
      unless(textOf(resource, 'billingMode') === 'PAY_PER_REQUEST', 'has a fixed capacity'),
  },
  {
    name: 'table-undeletable',
    asks: 'Every table refuses to be deleted.',
    why: 'Deletion in the console would need no second thought.',
    sources: ['FSBP DynamoDB.6', 'C71'],
    severity: 'high',
    scope: 'resource',
    types: [table],
    check: (resource) => unless(input(resource, 'deletionProtectionEnabled') === true, 'can be deleted'),
  },
  {
    name: 'table-encrypted',
    asks: 'Every table is encrypted with the stack’s key.',
    why: 'Access to data then needs two permissions.',
    sources: ['A43'],
    severity: 'medium',
    scope: 'resource',
    types: [table],
    check: (resource) =>
      unless(
        input(resource, 'serverSideEncryption.enabled') === true &&
          isCustomerKey(input(resource, 'serverSideEncryption.kmsKeyArn')),
        'is not encrypted with a customer key',
      ),
  },
  {
    name: 'table-forgets',
    asks: 'Rows of every table expire.',
    why: 'Personal data must not stay for ever because nobody thought of it.',
    sources: ['B13'],
    severity: 'medium',
    scope: 'resource',
    types: [table],
    check: (resource) => unless(input(resource, 'ttl.enabled') === true, 'keeps its rows for ever'),
  },
  {
    name: 'key-rotates',
    asks: 'Every key gets new material each year.',
    why: 'What one piece of key material has encrypted stays bounded.',
    sources: ['AwsSolutions-KMS5'],
    severity: 'medium',
    scope: 'resource',
    types: [key],
    check: (resource) => unless(input(resource, 'enableKeyRotation') === true, 'does not rotate'),
  },
  {
    name: 'key-deletion-waits',
    asks: 'A deleted key can be saved for 30 days.',
    why: 'Without the key everything that it encrypted is lost for good.',
    sources: ['FSBP KMS.3'],
    severity: 'high',
    scope: 'resource',
    types: [key],
    // AWS waits 30 days when nothing is said.
    check: (resource) =>
      unless((numberOf(resource, 'deletionWindowInDays') ?? 30) === 30, 'is gone before a month has passed'),
  },
  {
    name: 'images-scanned',
    asks: 'Every image is scanned for known faults when it is pushed.',
    why: 'FFmpeg and Node have faults that become known after a release.',
    sources: ['FSBP ECR.1', 'C78'],
    severity: 'medium',
    scope: 'resource',
    types: [repository],
    check: (resource) =>
      unless(input(resource, 'imageScanningConfiguration.scanOnPush') === true, 'does not scan images'),
  },
  {
    name: 'images-unchangeable',
    asks: 'A tag of an image never moves to another one.',
    why: 'A rollback must bring back what ran, not what has its name.',
    sources: ['FSBP ECR.2'],
    severity: 'medium',
    scope: 'resource',
    types: [repository],
    check: (resource) => unless(textOf(resource, 'imageTagMutability') === 'IMMUTABLE', 'lets tags move'),
  },
  {
    name: 'images-expire-by-number',
    asks: 'Old images go by their number, never by their age.',
    why: 'A function whose image is gone fails, and the image of a quiet stack is old.',
    sources: ['FSBP ECR.3'],
    severity: 'medium',
    scope: 'stack',
    types: [repository],
    check: (resource, graph) => {
      // Whoever uses the address of a component of awsx waits for the component, and not for what it is made of.
      const component = ofType(graph, 'awsx:ecr:Repository').filter(({ urn }) => urn === resource.parent);
      const rules = [resource, ...component]
        .flatMap((owner) => dependents(graph, owner, 'aws:ecr/lifecyclePolicy:LifecyclePolicy'))
        .flatMap((policy) => listOf(at(documentOf(policy, 'policy'), 'rules')));
      return [
        ...unless(rules.length > 0, 'keeps images for ever'),
        ...unless(
          rules.every((rule) => at(rule, 'selection.countType') === 'imageCountMoreThan'),
          'deletes images by their age',
        ),
      ];
    },
  },
  {
    name: 'images-encrypted',
    asks: 'Images are encrypted with the stack’s key.',
    why: 'They hold the whole program.',
    sources: [],
    severity: 'low',
    scope: 'resource',
    types: [repository],
    check: (resource) =>
      unless(
        listOf(input(resource, 'encryptionConfigurations')).some(
          (encryption) =>
            at(encryption, 'encryptionType') === 'KMS' && isCustomerKey(at(encryption, 'kmsKey')),
        ),
        'is not encrypted with a customer key',
      ),
  },
];
