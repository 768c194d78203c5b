// Which image does the function of a stage run, and who makes it?
import * as aws from '@pulumi/aws';
import * as dockerBuild from '@pulumi/docker-build';
import * as pulumi from '@pulumi/pulumi';
import type { ImageOrder, ImageOrders } from '../systems/image-order.ts';

export interface StageImagesArgs {
  /** Address of the repository, without a tag. */
  readonly repositoryUrl: pulumi.Output<string>;
  readonly architecture: 'arm64' | 'x86_64';
  readonly source:
    | { readonly mode: 'build'; readonly orders: ImageOrders }
    /** Digests of images that are in the repository already, by stage. */
    | { readonly mode: 'pinned'; readonly digests: Readonly<Partial<Record<string, string>>> };
}

/**
 * Builds and pushes an image for every stage, or takes those that were pushed before. A function gets its image by
 * digest, so that it runs exactly what was built, and its image stays in the repository for running back.
 */
export class StageImages extends pulumi.ComponentResource {
  /** Digest of the image of every stage; what a pinned deployment is configured with. */
  readonly digests: pulumi.Output<Readonly<Record<string, string>>>;
  readonly #repositoryUrl: pulumi.Output<string>;
  readonly #digestOf: ReadonlyMap<string, pulumi.Output<string>>;

  constructor(name: string, args: StageImagesArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:StageImages', name, {}, opts);
    this.#repositoryUrl = args.repositoryUrl;
    this.#digestOf =
      args.source.mode === 'pinned' ? pinned(args.source.digests) : this.#build(name, args, args.source);
    this.digests = pulumi.all(Object.fromEntries(this.#digestOf));
    this.registerOutputs({ digests: this.digests });
  }

  /** What Lambda takes: `<repository>@sha256:…`. */
  uri(stage: string): pulumi.Output<string> {
    const digest = this.#digestOf.get(stage);
    if (digest === undefined) throw new RangeError(`there is no image of the stage ${stage}`);
    return pulumi.interpolate`${this.#repositoryUrl}@${digest}`;
  }

  #build(
    name: string,
    { repositoryUrl, architecture }: StageImagesArgs,
    { orders }: { readonly orders: ImageOrders },
  ): ReadonlyMap<string, pulumi.Output<string>> {
    const login = aws.ecr.getAuthorizationTokenOutput({}, { parent: this });
    const common = {
      push: true,
      // A preview needs neither Docker nor minutes.
      buildOnPreview: false,
      // Lambda takes an image for one platform, never an index of several.
      platforms: [architecture === 'arm64' ? ('linux/arm64' as const) : ('linux/amd64' as const)],
      registries: [
        { address: repositoryUrl, username: login.userName, password: pulumi.secret(login.password) },
      ],
    };
    const image = (of: string, order: ImageOrder, more: Partial<dockerBuild.ImageArgs>) =>
      new dockerBuild.Image(
        `${name}-${of}`,
        {
          ...common,
          tags: [pulumi.interpolate`${repositoryUrl}:${order.tag}`],
          dockerfile: { location: order.dockerfile },
          context: { location: order.context },
          labels: { ...order.labels },
          ...more,
        },
        // Functions may still run an image that the program no longer names; the repository counts old ones out.
        { parent: this, retainOnDelete: true },
      );
    const media =
      orders.media &&
      image('media', orders.media.order, {
        buildArgs: { ...orders.media.order.buildArguments },
        ...layerCache(pulumi.interpolate`${repositoryUrl}:${orders.media.cacheTag}`),
      });
    return new Map(
      orders.stages.map(({ stage, order, mediaArgument }) => {
        const base = mediaArgument !== null && media ? { [mediaArgument]: media.ref } : {};
        return [stage, image(stage, order, { buildArgs: { ...order.buildArguments, ...base } }).digest];
      }),
    );
  }
}

const pinned = (
  digests: Readonly<Partial<Record<string, string>>>,
): ReadonlyMap<string, pulumi.Output<string>> =>
  new Map(Object.entries(digests).map(([stage, digest]) => [stage, pulumi.output(digest ?? '')]));

/**
 * Compiling FFmpeg takes minutes, so its layers are kept beside the images. Their tag is made of what they are made
 * of: it is written once, as the repository demands, and a second writer has nothing to add.
 */
const layerCache = (ref: pulumi.Output<string>): Partial<dockerBuild.ImageArgs> => ({
  cacheFrom: [{ registry: { ref } }],
  cacheTo: [{ registry: { ref, mode: 'max', imageManifest: true, ociMediaTypes: true, ignoreError: true } }],
});
