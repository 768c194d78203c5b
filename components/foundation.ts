// What do all systems of a stack share? A key, an access log, an alarm topic, an image repository, a role for API logs.
import * as pulumi from '@pulumi/pulumi';
import { AccessLogBucket } from './access-log-bucket.ts';
import { ApiLoggingAccount } from './api-logging-account.ts';
import type { Durability } from './durability.ts';
import { EncryptionKey } from './encryption-key.ts';
import { ImageRepository } from './image-repository.ts';
import { AlarmTopic } from './operations/alarm-topic.ts';
import { StageImages, type StageImagesArgs } from './stage-images.ts';

export interface FoundationArgs {
  /** Twelve digits. */
  readonly accountId: pulumi.Input<string>;
  readonly region: string;
  readonly durability: Durability;
  /** Days that logs are kept. */
  readonly logRetentionDays: number;
  /** Who gets the alarms. */
  readonly alarmEmails: readonly string[];
  readonly architecture: StageImagesArgs['architecture'];
  readonly imageSource: StageImagesArgs['source'];
  /** Beginnings of image tags, one for every image. */
  readonly imageNames: readonly string[];
  /** Whether this stack sets the account's role for API logs. */
  readonly ownsApiGatewayLogging: boolean;
}

/** One of each for the whole stack, so that a system costs only what it uses itself. */
export class Foundation extends pulumi.ComponentResource {
  readonly key: EncryptionKey;
  readonly accessLogs: AccessLogBucket;
  readonly alarmTopic: AlarmTopic;
  readonly repository: ImageRepository;
  readonly images: StageImages;
  /** `null` where another stack of the account sets it. */
  readonly loggingAccount: ApiLoggingAccount | null;

  constructor(name: string, args: FoundationArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:systems:Foundation', name, {}, opts);
    const parent = { parent: this };
    const { accountId, region, durability, architecture } = args;
    this.key = new EncryptionKey(`${name}-key`, { accountId, region, durability }, parent);
    this.accessLogs = new AccessLogBucket(
      `${name}-access-logs`,
      { accountId, durability, retentionDays: args.logRetentionDays },
      parent,
    );
    this.alarmTopic = new AlarmTopic(
      `${name}-alarms`,
      { keyArn: this.key.arn, accountId, emails: args.alarmEmails },
      parent,
    );
    this.repository = new ImageRepository(
      `${name}-images`,
      { accountId, region, keyArn: this.key.arn, tagPrefixes: args.imageNames, durability },
      parent,
    );
    this.images = new StageImages(
      `${name}-image`,
      { repositoryUrl: this.repository.url, architecture, source: args.imageSource },
      parent,
    );
    this.loggingAccount = args.ownsApiGatewayLogging
      ? new ApiLoggingAccount(`${name}-api-logging`, {}, parent)
      : null;
    this.registerOutputs({ keyArn: this.key.arn, repositoryUrl: this.repository.url });
  }
}
