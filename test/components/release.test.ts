// Are the images of a deployment those that were built and checked before it?
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { bundleStages } from '../../images/bundle/bundle-stages.ts';
import { mediaOrder, pinnedBases, stageOrder } from '../../images/image-plan.ts';
import { imageOrders } from '../../images/release.ts';
import type { ImageOrders } from '../../systems/image-order.ts';
import { convertVideo, readHealth } from '../../systems/interview/stages.ts';
import { interview } from '../../systems/interview/system.ts';

const root = join(import.meta.dirname, '../..');
const lambdaBase = /^public\.ecr\.aws\/lambda\/nodejs:24.*@sha256:[0-9a-f]{64}$/;

describe('the images of a deployment', function () {
  // Bundling takes its time on a busy machine.
  this.timeout(120_000);
  let orders: ImageOrders;
  const stage = (name: string) => orders.stages.find((one) => one.stage === name);
  before(async () => {
    await bundleStages([interview], { architecture: 'arm64' });
    orders = await imageOrders(interview.stages, 'arm64');
  });

  it('are one for each stage', () => {
    expect(orders.stages.map((one) => one.stage)).to.deep.equal(interview.stages.map(({ name }) => name));
  });

  it('have the tags that a build on this machine gives', async () => {
    const bases = pinnedBases('arm64');
    const media = await mediaOrder('arm64', bases);
    const convert = await stageOrder(convertVideo, { architecture: 'arm64', bases, media });
    expect(media.result.tag).to.match(new RegExp(`:${orders.media?.order.tag ?? 'none'}$`));
    expect(convert.result.tag).to.match(new RegExp(`:${stage('convert-video')?.order.tag ?? 'none'}$`));
  });

  it('are made of files of the project, named from its root', () => {
    const paths = [orders.media, ...orders.stages].flatMap((one) =>
      one ? [one.order.context, one.order.dockerfile] : [],
    );
    expect(paths.filter((path) => path.startsWith('/') || path.startsWith('..'))).to.deep.equal([]);
    expect(paths.filter((path) => !existsSync(join(root, path)))).to.deep.equal([]);
  });

  it('stand on Lambda’s base by digest, or on the media image of the same deployment', () => {
    expect(stage('read-health')?.order.buildArguments['BASE']).to.match(lambdaBase);
    expect(stage('read-health')?.mediaArgument).to.equal(null);
    expect(stage('convert-video')?.order.buildArguments).to.deep.equal({});
    expect(stage('convert-video')?.mediaArgument).to.equal('BASE');
    expect(orders.media?.order.buildArguments['LAMBDA_BASE']).to.match(lambdaBase);
  });

  it('leave out the media image where no stage needs it', async () => {
    const { media, stages } = await imageOrders([readHealth], 'arm64');
    expect(media).to.equal(null);
    expect(stages).to.have.length(1);
  });

  it('of another processor have other names', async () => {
    await bundleStages([interview], { architecture: 'x86_64' });
    const other = await imageOrders(interview.stages, 'x86_64');
    const tags = [orders, other].flatMap(({ stages }) => stages.map(({ order }) => order.tag));
    expect(new Set(tags).size).to.equal(2 * interview.stages.length);
    expect(other.media?.cacheTag).to.not.equal(orders.media?.cacheTag);
  });
});
