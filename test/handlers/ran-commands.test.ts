// Does an analysis say which programs it ran, keep its summary, and leave nothing behind of a record that is gone?
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { join } from 'node:path';
import { expect } from 'chai';
import { ServiceRejected } from '../../domain/errors.ts';
import { foldersOf, newRecordId, uploadKey, userIdSchema } from '../../domain/ids.ts';
import { newRecord } from '../../domain/record.ts';
import type { Words } from '../../domain/stage-io.ts';
import { trendFigures } from '../../domain/trend.ts';
import { convertVideo } from '../../handlers/interview/convert-video.ts';
import { finalizeRecord } from '../../handlers/interview/finalize-record.ts';
import { probeRecording } from '../../handlers/interview/probe-recording.ts';
import { invokeHandler, type HandlerContext } from '../../handlers/support/handler.ts';
import { createObjectEraser } from '../../services/local/eraser.ts';
import { createObjectStore } from '../../services/local/objects.ts';
import { openRecordTable } from '../../services/local/records.ts';
import { ffmpeg, opus, picture, scratchFolder, tone, tools, vp8 } from '../media/support/clips.ts';

const userId = userIdSchema.parse('user-1');
const words: Words = {
  hasTranscript: false,
  hasAssessment: false,
  reason: 'nobody listened',
  problems: [],
  failure: null,
};
type Context = HandlerContext<'objects' | 'records' | 'pictureLabels'>;

/** An uploaded recording of three seconds, and its record, claimed. */
async function uploaded() {
  const folder = scratchFolder();
  const recording = join(folder, 'answer.webm');
  await ffmpeg(...picture(3), ...tone(3), ...vp8, ...opus, recording);
  const objects = createObjectStore(join(folder, 'objects'));
  const records = openRecordTable(join(folder, 'records.sqlite'));
  const context: Context = {
    services: { objects, records, pictureLabels: null },
    media: { tools, openVision: null },
    log: () => undefined,
    signal: new AbortController().signal,
    scratchFolder: folder,
    onProgress: () => undefined,
    timeoutSeconds: 120,
  };
  const owner = { userId, recordId: newRecordId(), executionName: 'e1' };
  const objectKey = uploadKey(userId, owner.recordId, 'webm');
  await objects.upload(objectKey, recording, 'video/webm', context.signal);
  await records.create(newRecord({ ...owner, now: new Date() }));
  await records.claim(owner.recordId, owner.executionName);
  const probed = await invokeHandler(probeRecording, { objectKey, sha256: null }, context);
  const input = { owner, objectKey, recording: probed.recording };
  return { context, owner, objectKey, probed, input, recording, folder };
}

describe('the stages that run FFmpeg', function () {
  this.timeout(60_000);

  it('say exactly what they ran, in few bytes, and each command can be read again', async () => {
    const { context, probed, input, recording } = await uploaded();
    const { commands } = await invokeHandler(convertVideo, input, context);
    expect(probed.commands.map(([program]) => program)).to.deep.equal([tools.ffprobe, tools.ffprobe]);
    expect(commands.map(([program]) => program)).to.have.members([
      tools.ffmpeg,
      tools.ffmpeg,
      tools.ffprobe,
      tools.ffmpeg,
    ]);
    expect(commands[0]?.filter((argument) => argument.endsWith('playback.mp4'))).to.have.length(1);
    expect(JSON.stringify([probed.commands, commands]).length).to.be.lessThan(16_000);
    const [program = '', ...args] = probed.commands[0] ?? [];
    const again = args.map((argument) => argument.replace(/^file:.*\/recording$/, `file:${recording}`));
    const { stdout } = await promisify(execFile)(program, again);
    expect(JSON.parse(stdout)).to.have.property('streams').with.length(2);
  });

  it('leave in the record what a list shows of the report', async () => {
    const { context, owner, probed, input } = await uploaded();
    const conversion = await invokeHandler(convertVideo, input, context);
    const findings = { question: null, ...probed, conversion, words };
    await invokeHandler(finalizeRecord, { owner, findings, failure: null }, context);
    const record = await context.services.records.read(owner.recordId);
    expect(record?.summary?.durationSeconds).to.be.closeTo(3, 0.1);
    expect(record?.summary?.figures).to.have.all.keys([...trendFigures]);
    expect(record?.summary?.figures).to.include({ speechRate: null });
    expect(record?.summary?.figures.loudness).to.be.a('number');
  });

  it('store nothing when the record is deleted while they work', async () => {
    const { context, owner, input, folder } = await uploaded();
    const eraser = createObjectEraser(join(folder, 'objects'));
    const { objects } = context.services;
    const download: typeof objects.download = async (key, path, signal) => {
      await objects.download(key, path, signal);
      for (const prefix of foldersOf(owner.userId, owner.recordId)) await eraser.erase(prefix);
    };
    const services = { ...context.services, objects: { ...objects, download } };
    const error = await invokeHandler(convertVideo, input, { ...context, services }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.have.property('name', ServiceRejected.name);
    for (const prefix of foldersOf(owner.userId, owner.recordId))
      expect(await eraser.erase(prefix)).to.deep.equal({ objects: 0, versions: 0 });
  });
});
