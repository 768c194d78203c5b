// Does a report get the things in the picture, and does it survive a service that cannot name them?
import { expect } from 'chai';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { TemporaryFailure } from '../../domain/errors.ts';
import { derivedKey, newRecordId, userIdSchema } from '../../domain/ids.ts';
import { seenLabelsSchema } from '../../domain/picture-labels.ts';
import { labelPictures } from '../../handlers/support/label-pictures.ts';
import { withDeadline } from '../../media/deadline.ts';
import type { PassResult } from '../../media/pass.ts';
import type { PictureLabels } from '../../services/contracts.ts';
import { createObjectStore } from '../../services/local/objects.ts';
import { thrownBy } from '../services/contracts/object-store.ts';
import { ffmpeg, h264, picture, scratchFolder, tools } from '../media/support/clips.ts';

const owner = { userId: userIdSchema.parse('u'), recordId: newRecordId(), executionName: 'e1' };
const seconds = 42;
let folder: string;

before(async () => {
  folder = scratchFolder();
  await ffmpeg(...picture(seconds, '64x48', 10), ...h264, join(folder, 'playback.mp4'));
});

const pass = {
  playback: { method: 'transcode', durationSeconds: seconds, frameCount: 420, width: 64, height: 48 },
  storyboard: { secondsPerTile: 2, tileWidth: 64, tileHeight: 48, columns: 10, tileCount: 21 },
} as PassResult;

type Label = PictureLabels['label'];
const plant = { provider: 'p-1', labels: [{ name: 'Plant', confidence: 0.9, parents: [] }] };

function label(service: Label | null, { of = pass, limit = 30, signal = new AbortController().signal } = {}) {
  const objects = createObjectStore(scratchFolder());
  const context = {
    services: { objects, pictureLabels: service && { label: service } },
    media: { tools, openVision: null },
    log: () => undefined,
    signal,
    scratchFolder: folder,
    onProgress: () => undefined,
    timeoutSeconds: 60,
  };
  const result = withDeadline({ signal, seconds: limit }, (deadline) =>
    labelPictures({ pass: of, folder, owner, context, deadline }),
  );
  return { result, stored: () => objects.readJson(derivedKey(owner, 'labels')) };
}

const never: Label = () => Promise.reject(new Error('asked'));
const slow: Label = async (_jpeg, signal) => {
  await wait(20_000, undefined, { signal });
  return plant;
};

describe('the things in the picture of a recording (A13, A67, A69)', () => {
  it('are asked of every frame, four at a time at most, and stored with their times', async () => {
    let running = 0;
    let most = 0;
    let asked = 0;
    const { result, stored } = label(async (jpeg) => {
      expect(jpeg.subarray(0, 2)).to.deep.equal(Buffer.from([0xff, 0xd8]));
      asked += 1;
      running += 1;
      most = Math.max(most, running);
      await wait(20);
      running -= 1;
      return plant;
    });
    expect(await result).to.deep.equal({ found: true, problem: null });
    expect({ asked, most }).to.deep.equal({ asked: 9, most: 4 });
    const seen = seenLabelsSchema.parse(await stored());
    expect(seen).to.deep.include({ provider: 'p-1', frameCount: 9, secondsPerFrame: 5 });
    expect(seen.things[0]?.spans).to.deep.equal([{ startSeconds: 0, endSeconds: seconds }]);
  });

  it('are not looked for without a service, and not without a picture', async () => {
    expect(await label(null).result).to.deep.equal({ found: false, problem: null });
    const blind = { ...pass, storyboard: null };
    expect(await label(never, { of: blind }).result).to.deep.equal({ found: false, problem: null });
  });

  it('that the service cannot name are a problem, not the end: the others are not asked for', async () => {
    let asked = 0;
    const { result, stored } = label(async (_jpeg, signal) => {
      asked += 1;
      if (asked === 2) throw new TemporaryFailure('THROTTLED', 'Slow down.');
      await wait(500, undefined, { signal });
      return plant;
    });
    expect(await result).to.deep.equal({
      found: false,
      problem: { code: 'THROTTLED', message: 'The service that names the things in the picture failed.' },
    });
    expect(asked).to.be.at.most(4);
    expect(await thrownBy(stored())).to.include({ name: 'ServiceRejected' });
  });

  it('that take longer than there is time are a problem', async () => {
    const { problem } = await label(slow, { limit: 1.5 }).result;
    expect(problem).to.have.property('code', 'TIMEOUT');
  });

  it('are left when the caller gives up: the reason is thrown', async () => {
    const controller = new AbortController();
    const stop: Label = async (_jpeg, signal) => {
      controller.abort(new Error('stopped'));
      signal.throwIfAborted();
      return plant;
    };
    const error = await thrownBy(label(stop, { signal: controller.signal }).result);
    expect(error).to.have.property('message', 'stopped');
  });
});
