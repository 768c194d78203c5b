// Does a stage in its image, shut in as in Lambda, come to the same as this machine with the same FFmpeg?
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildBinaries, buildImages, type Built, type ImagesWish } from '../../images/build-images.ts';
import type { Builder } from '../../images/builder.ts';
import { bundleStages } from '../../images/bundle/bundle-stages.ts';
import { findBuilder } from '../../images/find-builder.ts';
import { stages } from '../../images/image-plan.ts';
import { containerArguments } from '../../images/run/container-arguments.ts';
import { openStage } from '../../images/run/open-stage.ts';
import type { Call } from '../../local/runtime-api/sandbox.ts';
import { interview } from '../../systems/interview/system.ts';
import { bundledSample } from '../interview/support/recordings.ts';
import { convertHere, storedResults, storeUpload } from '../lambda/support/local-conversion.ts';

const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
const wish: ImagesWish = { architecture, isOnLocalBase: true };

/** The same answer wherever programs and scratch folders lie: the commands keep the last part of each path only. */
const wherever = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer).replaceAll(/(?:file:)?\/[\w./-]+\/([\w.-]+)/g, '$1'));

describe('a stage in its image', function () {
  this.timeout(30 * 60_000);
  let builder: Builder;
  let built: readonly Built[];
  let folder: string;
  let logged = '';
  before(async () => {
    builder = await findBuilder();
    folder = await mkdtemp(join(tmpdir(), 'greenroom-run-'));
    await bundleStages([interview], { architecture: architecture === 'amd64' ? 'x86_64' : 'arm64' });
    const chosen = stages.filter(({ name }) =>
      ['probe-recording', 'convert-video', 'read-health'].includes(name),
    );
    built = await buildImages(chosen, wish, builder);
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
    await builder.close();
  });

  const onLog = (text: string): void => void (logged += text);

  async function call(
    name: string,
    event: unknown,
    given: { store?: string; environment?: { readonly [name: string]: string } } = {},
  ): Promise<Call> {
    const stage = stages.find((one) => one.name === name);
    const tag = built.find((one) => one.stage === name)?.tag;
    if (!stage || tag === undefined) throw new Error(`there is no image of ${name}`);
    const { store = null, environment = {} } = given;
    const emulated = await openStage({ stage, tag, builder, store, environment, onLog });
    try {
      return await emulated.invoke(event);
    } finally {
      await emulated.close();
    }
  }
  const answerOf = ({ outcome }: Call): Record<string, unknown> => {
    if ('error' in outcome) throw new Error(`${outcome.error.errorMessage}\n${logged}`);
    return JSON.parse(outcome.payload.toString()) as Record<string, unknown>;
  };

  it('runs not as root, on a read-only root, with no capability (A22)', () => {
    const stage = { memoryMiB: 1769, ephemeralStorageMiB: 512 };
    const order = { name: 'n', tag: 't', stage, user: '993:990', environment: {}, store: null };
    const words = containerArguments(order).join(' ');
    expect(words).to.include('--read-only').and.to.include('--user 993:990 --cap-drop ALL');
    expect(words).to.include('--security-opt no-new-privileges').and.to.include('--cpus 1.00');
  });

  it('probes and converts the sample to the report of this machine, field by field (A12, A13)', async () => {
    await buildBinaries(join(folder, 'binaries'), wish, builder);
    const bin = (name: string): string => join(folder, 'binaries/bin', name);
    const tools = { ffmpeg: bin('ffmpeg'), ffprobe: bin('ffprobe'), threads: 2 };
    const here = await convertHere(join(folder, 'here'), bundledSample.recording, tools);
    const store = join(folder, 'there');
    const { objects, owner, objectKey } = await storeUpload(store, bundledSample.recording);
    const probed = answerOf(await call('probe-recording', { objectKey, sha256: null }, { store }));
    expect(wherever(probed)).to.deep.equal(wherever(here.probed));
    const environment = { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '3538' };
    const event = { owner, objectKey, recording: probed['recording'] };
    const converted = answerOf(await call('convert-video', event, { store, environment }));
    expect(wherever(converted)).to.deep.equal(wherever(here.converted));
    const there = await storedResults(objects, owner, join(folder, 'files'));
    expect(there).to.deep.equal({ measurements: here.measurements, hashes: here.hashes });
    expect(logged).to.include('"stage":"convert-video","executionName":"compared"');
  });

  it('tells Lambda at its start that FFmpeg does not work (A30)', async () => {
    const environment = { GREENROOM_FFMPEG: '/bin/false' };
    const { outcome } = await call('probe-recording', {}, { store: folder, environment });
    expect('error' in outcome && outcome.error.errorType).to.equal('InternalError');
    expect('error' in outcome && outcome.error.errorMessage).to.match(
      /This image does not work: \/bin\/false/,
    );
  });

  it('passes the name and the code of an error on, as on this machine', async () => {
    const store = join(folder, 'letter');
    const { objectKey } = await storeUpload(store, bundledSample.transcript);
    const { outcome } = await call('probe-recording', { objectKey, sha256: null }, { store });
    expect('error' in outcome && outcome.error.errorType).to.equal('RecordingRejected');
    expect('error' in outcome && outcome.error.errorMessage).to.match(/^NOT_MEDIA: /);
  });

  it('runs a stage without FFmpeg, too', async () => {
    const answer = answerOf(
      await call('read-health', { httpMethod: 'GET' }, { store: join(folder, 'there') }),
    );
    expect(answer).to.include({ statusCode: 200 });
  });
});
