// Does a function run exactly the image that was built for it, and can an older one always be run again?
import * as pulumi from '@pulumi/pulumi';
import { expect } from 'chai';
import type { Durability } from '../../components/durability.ts';
import { ImageRepository } from '../../components/image-repository.ts';
import { StageImages, type StageImagesArgs } from '../../components/stage-images.ts';
import type { ImageOrders } from '../../systems/image-order.ts';
import { type Captured, capture, type CapturedStack, only, ofType, statementsIn } from './captured-stack.ts';

const url = '123456789012.dkr.ecr.us-east-1.amazonaws.com/images';
const order = (tag: string, buildArguments = {}) => ({
  tag,
  dockerfile: 'images/stage/Dockerfile',
  context: `dist/stages/${tag}`,
  buildArguments,
  labels: { 'org.opencontainers.image.title': tag },
});
const orders: ImageOrders = {
  media: { order: order('media-111111111111', { LAMBDA_BASE: 'base' }), cacheTag: 'cache-222222222222' },
  stages: [
    { stage: 'convert-video', order: order('convert-video-333333333333'), mediaArgument: 'BASE' },
    { stage: 'read-health', order: order('read-health-444444444444', { BASE: 'base' }), mediaArgument: null },
  ],
};

const imagesFrom = async (
  source: StageImagesArgs['source'],
): Promise<{ readonly stack: CapturedStack; readonly uri: string }> => {
  let uri: pulumi.Output<string> | undefined;
  const stack = await capture(() => {
    const images = new StageImages('image', {
      repositoryUrl: pulumi.output(url),
      architecture: 'arm64',
      source,
    });
    uri = images.uri('read-health');
  });
  const known = await new Promise<string>((resolve) => uri?.apply(resolve));
  return { stack, uri: known };
};

const imageType = 'docker-build:index:Image';

describe('images', () => {
  let stack: CapturedStack;
  let uri: string;
  const image = (name: string): Captured => only(stack, imageType, name);
  before(async () => {
    ({ stack, uri } = await imagesFrom({ mode: 'build', orders }));
  });

  it('are one for each stage and the media image that some of them are based on (A22, A34)', () => {
    expect(ofType(stack, imageType).map(({ name }) => name)).to.deep.equal([
      'image-convert-video',
      'image-media',
      'image-read-health',
    ]);
  });

  it('are named by their content, for one platform, and not built in a preview', () => {
    expect(image('image-read-health').inputs).to.deep.include({
      tags: [`${url}:read-health-444444444444`],
      platforms: ['linux/arm64'],
      push: true,
      buildOnPreview: false,
      buildArgs: { BASE: 'base' },
    });
  });

  it('with FFmpeg are based on the media image of this very build', () => {
    expect(image('image-convert-video').inputs['buildArgs']).to.deep.equal({
      BASE: `repository:tag@sha256:${'0'.repeat(64)}`,
    });
  });

  it('stay in the repository when the program goes on to others', () => {
    expect(ofType(stack, imageType).every(({ retainOnDelete }) => retainOnDelete)).to.equal(true);
  });

  it('are not built by the Docker command, which would add an index that Lambda refuses', () => {
    expect(ofType(stack, imageType).some(({ inputs }) => inputs['exec'] === true)).to.equal(false);
  });

  it('keep the layers of FFmpeg under a tag that is written once', () => {
    const cache = { registry: { ref: `${url}:cache-222222222222` } };
    expect(image('image-media').inputs['cacheFrom']).to.deep.equal([cache]);
    expect(image('image-media').inputs['cacheTo']).to.deep.equal([
      {
        registry: {
          ...cache.registry,
          mode: 'max',
          imageManifest: true,
          ociMediaTypes: true,
          ignoreError: true,
        },
      },
    ]);
    expect(image('image-read-health').inputs).to.not.have.any.keys('cacheFrom', 'cacheTo');
  });

  it('reach Lambda by digest', () => {
    expect(uri).to.equal(`${url}@sha256:${'0'.repeat(64)}`);
  });

  it('that are pinned are only named', async () => {
    const digest = `sha256:${'5'.repeat(64)}`;
    const pinned = await imagesFrom({ mode: 'pinned', digests: { 'read-health': digest } });
    expect(pinned.uri).to.equal(`${url}@${digest}`);
    expect(ofType(pinned.stack, imageType)).to.deep.equal([]);
  });

  it('of a stage that has none are an error', async () => {
    let failure: unknown;
    await imagesFrom({ mode: 'pinned', digests: {} }).catch((error: unknown) => {
      failure = error;
    });
    expect(String(failure)).to.include('there is no image of the stage read-health');
  });
});

const repositoryOf = (durability: Durability): Promise<CapturedStack> =>
  capture(() => {
    new ImageRepository('images', {
      accountId: '123456789012',
      region: 'us-east-1',
      keyArn: 'arn:aws:kms:us-east-1:123456789012:key/1',
      tagPrefixes: ['media', 'read-health'],
      durability,
    });
  });

describe('the repository of images', () => {
  let stack: CapturedStack;
  const inputs = () => only(stack, 'awsx:ecr:Repository').inputs;
  before(async () => {
    stack = await repositoryOf('disposable');
  });

  it('never moves a tag, scans every push and encrypts with the customer key', () => {
    expect(inputs()).to.deep.include({
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [
        { encryptionType: 'KMS', kmsKey: 'arn:aws:kms:us-east-1:123456789012:key/1' },
      ],
      forceDelete: true,
    });
  });

  const selections = () =>
    (
      JSON.parse(String(only(stack, 'aws:ecr/lifecyclePolicy:LifecyclePolicy').inputs['policy'])) as {
        rules: { selection: { tagPrefixList?: string[] } & Record<string, unknown> }[];
      }
    ).rules.map(({ selection }) => selection);

  it('lets images go by their number and never by their age', () => {
    expect(
      selections().map(({ tagPrefixList, countType, countNumber }) => [
        tagPrefixList,
        countType,
        countNumber,
      ]),
    ).to.deep.equal([
      [['media-'], 'imageCountMoreThan', 10],
      [['read-health-'], 'imageCountMoreThan', 10],
      [['cache-'], 'imageCountMoreThan', 3],
      [undefined, 'imageCountMoreThan', 50],
    ]);
    expect(inputs()['lifecyclePolicy']).to.deep.equal({ skip: true });
  });

  it('that stays keeps its settings, of which none is protected: AWS replaces them when they change', async () => {
    const kept = await repositoryOf('kept');
    const settings = kept.resources.filter(({ type }) => /:(LifecyclePolicy|RepositoryPolicy)$/.test(type));
    expect(settings.map(({ protect, retainOnDelete }) => [protect, retainOnDelete])).to.deep.equal([
      [false, true],
      [false, true],
    ]);
    expect(only(kept, 'awsx:ecr:Repository').protect).to.equal(true);
  });

  it('has a rule for every tag that a build writes, the cache’s among them', () => {
    const prefixes = selections().flatMap(({ tagPrefixList = [] }) => tagPrefixList);
    const ordered = orders.media ? [orders.media.order.tag, orders.media.cacheTag] : [];
    const tags = [...ordered, 'read-health-444444444444'];
    expect(tags.filter((tag) => !prefixes.some((prefix) => tag.startsWith(prefix)))).to.deep.equal([]);
  });

  it('lets functions of the account read, and nobody else', () => {
    const policy = only(stack, 'aws:ecr/repositoryPolicy:RepositoryPolicy').inputs;
    expect(policy['repository']).to.equal('images');
    expect(statementsIn(policy['policy'])).to.deep.equal([
      {
        Sid: 'FunctionsOfThisAccount',
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Condition: {
          StringLike: { 'aws:SourceArn': 'arn:aws:lambda:us-east-1:123456789012:function:*' },
        },
      },
    ]);
  });
});
