// Is what is converted what was checked, also when its owner's form was used a second time in between?
import { expect } from 'chai';
import { join } from 'node:path';
import { newRecordId, uploadKey, userIdSchema } from '../../domain/ids.ts';
import { convertVideo } from '../../handlers/interview/convert-video.ts';
import { probeRecording } from '../../handlers/interview/probe-recording.ts';
import { HandlerFailed, invokeHandler } from '../../handlers/support/handler.ts';
import { createObjectStore } from '../../services/local/objects.ts';
import { ffmpeg, opus, picture, scratchFolder, tone, tools, vp8 } from '../media/support/clips.ts';

describe('the conversion of an upload that was replaced after its check (A5)', function () {
  this.timeout(30_000);

  it('is refused, and stores nothing', async () => {
    const folder = scratchFolder();
    const [first, second] = [join(folder, 'first.webm'), join(folder, 'second.webm')];
    await ffmpeg(...picture(1), ...tone(1), ...vp8, ...opus, first);
    await ffmpeg(...picture(2), ...tone(2), ...vp8, ...opus, second);
    const objects = createObjectStore(join(folder, 'objects'));
    const context = {
      services: { objects, pictureLabels: null },
      media: { tools, openVision: null },
      log: () => undefined,
      signal: new AbortController().signal,
      scratchFolder: folder,
      onProgress: () => undefined,
      timeoutSeconds: 120,
    };
    const userId = userIdSchema.parse('user-1');
    const recordId = newRecordId();
    const objectKey = uploadKey(userId, recordId, 'webm');
    await objects.upload(objectKey, first, 'video/webm', context.signal);
    const { recording } = await invokeHandler(probeRecording, { objectKey, sha256: null }, context);
    await objects.upload(objectKey, second, 'video/webm', context.signal);

    const owner = { userId, recordId, executionName: 'e1' };
    const failure: unknown = await invokeHandler(
      convertVideo,
      { owner, objectKey, recording },
      context,
    ).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(HandlerFailed).with.property('name', 'RecordingRejected');
    expect(failure)
      .to.have.property('message')
      .which.matches(/^CHECKSUM: /);
    const kept = await objects.head(`analyses/${userId}/${recordId}/e1/playback.mp4`).catch(() => null);
    expect(kept).to.equal(null);
  });
});
