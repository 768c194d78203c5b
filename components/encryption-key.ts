// Which key encrypts a stack's data, and which services of AWS may use it?
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { type Durability, durable } from './durability.ts';

export interface EncryptionKeyArgs {
  readonly accountId: pulumi.Input<string>;
  readonly region: string;
  readonly durability: Durability;
}

/** Services that put messages into encrypted queues and topics of the stack. */
const senders = ['events.amazonaws.com', 'cloudwatch.amazonaws.com', 'budgets.amazonaws.com'];

/**
 * One symmetric customer key with yearly rotation, and an alias to find it by. Principals of the account get what
 * their IAM policies say; services get what encrypted logs, queues, topics and trails need, for this account only.
 */
export class EncryptionKey extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: EncryptionKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:EncryptionKey', name, {}, opts);
    const key = new aws.kms.Key(
      name,
      {
        description: `Data of ${pulumi.getProject()} ${pulumi.getStack()}`,
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        policy: keyPolicy(args),
      },
      { parent: this, ...durable(args.durability) },
    );
    new aws.kms.Alias(
      `${name}-alias`,
      { name: `alias/${pulumi.getProject()}-${pulumi.getStack()}`, targetKeyId: key.keyId },
      { parent: this, deleteBeforeReplace: true },
    );
    this.arn = key.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

/** In a key's own policy the resource `*` is the key and nothing else. */
const keyPolicy = ({ accountId, region }: EncryptionKeyArgs): pulumi.Output<string> =>
  pulumi.jsonStringify({
    Version: '2012-10-17',
    Statement: [
      {
        // Without it nobody could change the policy again, and IAM policies would grant nothing.
        Sid: 'AccountDecidesByIam',
        Effect: 'Allow',
        Principal: { AWS: pulumi.interpolate`arn:aws:iam::${accountId}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
      {
        Sid: 'LogGroupsOfThisAccount',
        Effect: 'Allow',
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
          'kms:GenerateDataKey',
          'kms:GenerateDataKeyWithoutPlaintext',
          'kms:DescribeKey',
        ],
        Resource: '*',
        Condition: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': pulumi.interpolate`arn:aws:logs:${region}:${accountId}:log-group:*`,
          },
        },
      },
      {
        Sid: 'SendersToQueuesAndTopics',
        Effect: 'Allow',
        Principal: { Service: senders },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
      },
      {
        Sid: 'TrailsOfThisAccount',
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: ['kms:GenerateDataKey', 'kms:DescribeKey'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
      },
    ],
  });
