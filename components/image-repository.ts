// Where are the images of a stack kept, and how many of them?
import * as aws from '@pulumi/aws';
import * as awsx from '@pulumi/awsx';
import * as pulumi from '@pulumi/pulumi';
import { type Durability, durable, staying } from './durability.ts';

export interface ImageRepositoryArgs {
  readonly accountId: pulumi.Input<string>;
  readonly region: string;
  readonly keyArn: pulumi.Input<string>;
  /** Beginnings of the tags: `<prefix>-<hash>`. */
  readonly tagPrefixes: readonly string[];
  readonly durability: Durability;
}

/** Enough to go back ten deployments of each image. */
const keptPerPrefix = 10;
/** Layers of FFmpeg's build: of the one that is used, and of two before it. */
const keptCaches = 3;

/**
 * One private repository for all images of a stack. A tag never moves, every push is scanned, and images go by their
 * number and never by their age: a function whose image is gone fails, however old it is.
 */
export class ImageRepository extends pulumi.ComponentResource {
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: ImageRepositoryArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:ImageRepository', name, {}, opts);
    const repository = new awsx.ecr.Repository(
      name,
      {
        imageTagMutability: 'IMMUTABLE',
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: 'KMS', kmsKey: args.keyArn }],
        forceDelete: args.durability === 'disposable',
        // Ours stands below: awsx would protect it too, and Pulumi replaces it when it changes, as with every new stage.
        lifecyclePolicy: { skip: true },
      },
      { parent: this, ...durable(args.durability) },
    );
    // The address without the registry.
    const repositoryName = repository.url.apply((url) => url.slice(url.indexOf('/') + 1));
    const setting = { parent: this, ...staying(args.durability) };
    const policy = new aws.ecr.RepositoryPolicy(
      name,
      { repository: repositoryName, policy: readByFunctions(args) },
      setting,
    );
    new aws.ecr.LifecyclePolicy(
      name,
      { repository: repositoryName, policy: JSON.stringify({ rules: lifecycle(args.tagPrefixes) }) },
      // A repository has one: the old one's deletion after the new one was written would leave none.
      { ...setting, deleteBeforeReplace: true },
    );
    // Whoever takes the address waits until Lambda may read there.
    this.url = pulumi.all([repository.url, policy.id]).apply(([url]) => url);
    this.registerOutputs({ url: this.url });
  }
}

/** Lambda would add this by itself if it may, for every function at once; then two of them would meet. */
const readByFunctions = ({ accountId, region }: ImageRepositoryArgs): pulumi.Output<string> =>
  pulumi.jsonStringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'FunctionsOfThisAccount',
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Condition: {
          StringLike: {
            'aws:SourceArn': pulumi.interpolate`arn:aws:lambda:${region}:${accountId}:function:*`,
          },
        },
      },
    ],
  });

/** Untagged is what nobody asked for by name, parts of interrupted pushes among them. */
const lifecycle = (tagPrefixes: readonly string[]): readonly object[] =>
  [
    ...tagPrefixes.map((prefix) => ({
      description: `the newest ${String(keptPerPrefix)} images of ${prefix}`,
      selection: { tagStatus: 'tagged', tagPrefixList: [`${prefix}-`], ...newest(keptPerPrefix) },
    })),
    {
      description: `the newest ${String(keptCaches)} of the cache`,
      selection: { tagStatus: 'tagged', tagPrefixList: ['cache-'], ...newest(keptCaches) },
    },
    {
      description: 'the newest 50 of what has no tag',
      selection: { tagStatus: 'untagged', ...newest(50) },
    },
  ].map(({ description, selection }, index) => ({
    rulePriority: index + 1,
    description,
    selection,
    action: { type: 'expire' },
  }));

const newest = (countNumber: number) => ({ countType: 'imageCountMoreThan', countNumber });
