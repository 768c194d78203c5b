// Do the things in the picture reach the report, through all the stages that it takes?
import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TemporaryFailure } from '../../domain/errors.ts';
import { newRecordId, uploadKey, userIdSchema } from '../../domain/ids.ts';
import { newRecord } from '../../domain/record.ts';
import { reportSchema, type Report } from '../../domain/report.ts';
import type { Words } from '../../domain/stage-io.ts';
import { convertVideo } from '../../handlers/interview/convert-video.ts';
import { finalizeRecord } from '../../handlers/interview/finalize-record.ts';
import { probeRecording } from '../../handlers/interview/probe-recording.ts';
import { invokeHandler } from '../../handlers/support/handler.ts';
import type { PictureLabels } from '../../services/contracts.ts';
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
let recording: string;

before(async () => {
  recording = join(scratchFolder(), 'answer.webm');
  await ffmpeg(...picture(6), ...tone(6), ...vp8, ...opus, recording);
});

/** Probe, conversion and report, as the state machine calls them. */
async function reportWith(label: PictureLabels['label'] | null): Promise<Report> {
  const folder = scratchFolder();
  const objects = createObjectStore(join(folder, 'objects'));
  const records = openRecordTable(join(folder, 'records.sqlite'));
  const context = {
    services: { objects, records, pictureLabels: label && { label } },
    media: { tools, openVision: null },
    log: () => undefined,
    signal: new AbortController().signal,
    scratchFolder: folder,
    onProgress: () => undefined,
    timeoutSeconds: 120,
  };
  try {
    const recordId = newRecordId();
    const owner = { userId, recordId, executionName: 'e1' };
    const objectKey = uploadKey(userId, recordId, 'webm');
    await objects.upload(objectKey, recording, 'video/webm', context.signal);
    await records.create(newRecord({ recordId, userId, now: new Date() }));
    await records.claim(recordId, owner.executionName);
    const probed = await invokeHandler(probeRecording, { objectKey, sha256: null }, context);
    const input = { owner, objectKey, recording: probed.recording };
    const conversion = await invokeHandler(convertVideo, input, context);
    const findings = { question: null, ...probed, conversion, words };
    const { reportKey } = await invokeHandler(finalizeRecord, { owner, findings, failure: null }, context);
    const copy = join(folder, 'report.json');
    await objects.download(reportKey ?? '', copy, context.signal);
    return reportSchema.parse(JSON.parse(await readFile(copy, 'utf8')));
  } finally {
    records.close();
  }
}

describe('the report of a recording whose picture is labelled (A13, A67, A69)', function () {
  this.timeout(60_000);

  it('names the things and leads to the moments', async () => {
    const label = { name: 'Laptop', confidence: 0.987_654, parents: ['Computer'] };
    const report = await reportWith(() => Promise.resolve({ provider: 'service-3.0', labels: [label] }));
    const whole = { startSeconds: 0, endSeconds: report.playback?.durationSeconds };
    expect(whole.endSeconds).to.be.closeTo(6, 0.1);
    expect(report).to.include({ status: 'SUCCEEDED' });
    expect(report.labels?.things).to.deep.equal([
      { name: 'Laptop', confidence: 0.988, parents: ['Computer'], spans: [whole] },
    ]);
    expect(report.figures.objects).to.deep.include({
      value: 1,
      provenance: 'model:service-3.0',
      evidence: [{ ...whole, text: 'Laptop' }],
    });
  });

  it('is made without them when the service fails, and says what is missing', async () => {
    const report = await reportWith(() => Promise.reject(new TemporaryFailure('UPSTREAM', 'It is down.')));
    const message = 'The service that names the things in the picture failed.';
    expect(report).to.deep.include({ status: 'PARTIAL', labels: null });
    expect(report.problems).to.deep.equal([{ code: 'UPSTREAM', message }]);
    expect(report.figures.objects).to.include({ value: null, reason: message });
    expect(report.playback).not.to.equal(null);
    expect(report.poster).not.to.equal(null);
  });

  it('is whole without a service, and says that nobody looked', async () => {
    const report = await reportWith(null);
    expect(report).to.deep.include({ status: 'SUCCEEDED', problems: [], labels: null });
    expect(report.figures.objects)
      .to.have.property('reason')
      .that.matches(/no service is configured/);
  });

  it('refuses a confidence that is no number, as every number of a report (A61)', async () => {
    const label = { name: 'Laptop', confidence: Number.NaN, parents: [] };
    const report = await reportWith(() => Promise.resolve({ provider: 'service-3.0', labels: [label] }));
    expect(report).to.deep.include({ status: 'PARTIAL', labels: null });
  });
});
