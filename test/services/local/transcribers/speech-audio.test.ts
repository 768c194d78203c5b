// Which recordings give a recogniser sound, and what becomes of the others?
import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finalState } from '../../contracts/transcriber.ts';
import { lateTone, newWorkbench, record, type Workbench } from './workbench.ts';

const { signal } = new AbortController();
const job = { name: 'job-1', objectKey: 'uploads/u/answer.webm', language: null };

/** What a transcriber says of a recording, or the error it threw. */
async function outcomeFor(make: (workbench: Workbench) => Promise<unknown>): Promise<unknown> {
  const workbench = await newWorkbench();
  await make(workbench);
  const transcriber = workbench.open(await workbench.whisper('speak'));
  await transcriber.start(job, signal);
  return finalState(transcriber, job.name).catch((error: unknown) => error);
}

const made = (...output: string[]) => outcomeFor((workbench) => record(workbench, job.objectKey, output));

const stored = (bytes: string | Buffer) =>
  outcomeFor(async ({ folder, objects }) => {
    const path = join(folder, 'input');
    await writeFile(path, bytes);
    await objects.upload(job.objectKey, path, 'video/webm', signal);
  });

const recording = (): Buffer =>
  execFileSync('ffmpeg', ['-v', 'error', ...lateTone(0), '-f', 'matroska', '-']);

describe('the sound for a recogniser', () => {
  it('is not looked for in a recording without sound', async () => {
    expect(
      await made('-f', 'lavfi', '-i', 'color=size=64x64:rate=10:duration=1', '-c:v', 'libvpx'),
    ).to.deep.equal({
      status: 'UNAVAILABLE',
      reason: 'The recording has no sound.',
    });
  });

  for (const container of ['mp4', 'wav']) {
    it(`comes from ${container} as well, whatever the key is called`, async () => {
      const outcome = await made('-f', 'lavfi', '-i', 'sine=duration=0.5', '-f', container);
      expect(outcome).to.have.property('status', 'COMPLETED');
    });
  }

  it('is taken from what a truncated recording still holds', async () => {
    const whole = recording();
    const outcome = await stored(whole.subarray(0, Math.floor(whole.length * 0.8)));
    expect(outcome).to.have.property('status', 'COMPLETED');
  });

  it('is UNAVAILABLE when nothing can be decoded', async () => {
    const reason = 'The sound of the recording could not be decoded.';
    expect(await stored(Buffer.from(`\0\0\0\u0020ftypisom${'\0'.repeat(500)}`))).to.include({ reason });
    expect(await stored(recording().subarray(0, 40))).to.include({ reason });
  });

  const notMedia = [
    '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n',
    'ffconcat version 1.0\nfile /etc/passwd\n',
    'x',
    '',
  ];
  for (const text of notMedia) {
    it(`is not read from ${JSON.stringify(text.slice(0, 12))}, whatever it claims to be`, async () => {
      expect(await stored(text)).to.include({ name: 'ServiceRejected', code: 'NOT_MEDIA' });
    });
  }
});
