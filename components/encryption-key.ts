// Which key encrypts a stack's data, and which services of AWS may use it?
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { type Durability, durable } from './durability.ts';
import { alarmPublishers } from './operations/alarm-topic.ts';

export interface EncryptionKeyArgs {
  readonly accountId: pulumi.Input<string>;
  readonly region: string;
  readonly durability: Durability;
}

/** What a sender needs to put a message into an encrypted queue or topic. */
const sending = ['kms:Decrypt', 'kms:GenerateDataKey'];

/**
 * One symmetric customer key with yearly rotation, and an alias to find it by. Principals of the account get what
 * their IAM policies say; services get what encrypted logs, queues, topics and trails need, for this account only,
 * except EventBridge, which does not tell KMS for whom it sends.
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
        // CloudWatch Logs User Guide, "Encrypt log data": logs name their group in the encryption context.
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
        // Without a condition, as in the EventBridge User Guide, "My events are not delivered to the target Amazon SQS
        // queue": EventBridge sends neither aws:SourceAccount nor aws:SourceArn to KMS (SNS Developer Guide, "Managing
        // encryption keys", calls both unsupported for it), and with one of them no upload would ever be analysed. AWS
        // documents no encryption context of SQS that could stand in. Which rule may send says the queue's own policy.
        Sid: 'EventsToQueues',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: sending,
        Resource: '*',
      },
      {
        // SNS Developer Guide, "Managing encryption keys": all other event sources take these condition keys.
        Sid: 'AlarmsAndBudgetsToTopics',
        Effect: 'Allow',
        Principal: { Service: [...alarmPublishers] },
        Action: sending,
        Resource: '*',
        Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
      },
      {
        // CloudTrail User Guide, "Configure AWS KMS key policies": it advises aws:SourceArn, and asks for kms:Decrypt
        // where the bucket has a bucket key.
        Sid: 'TrailsOfThisAccount',
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: [...sending, 'kms:DescribeKey'],
        Resource: '*',
        Condition: {
          ArnLike: { 'aws:SourceArn': pulumi.interpolate`arn:aws:cloudtrail:${region}:${accountId}:trail/*` },
        },
      },
    ],
  });
