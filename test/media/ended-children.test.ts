// Is a file never blamed for a program that was ended, and does no program outlive its call?
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { probeRecording } from '../../handlers/interview/probe-recording.ts';
import { acceptOutput } from '../../media/acceptance.ts';
import { bothOrNeither } from '../../media/deadline.ts';
import { runMediaPass } from '../../media/pass.ts';
import { probe } from '../../media/probe.ts';
import type { MediaTools } from '../../media/tools.ts';
import { clip, scratchFolder, scratchPath, tools } from './support/clips.ts';

const { signal } = new AbortController();
const caught = (running: Promise<unknown>): Promise<unknown> =>
  running.then(
    () => 'no error',
    (error: unknown) => error,
  );

let scripts = 0;
/** A program that runs `script` and may go on as the real one with `exec real "$@"`. */
async function fake(command: string, script: string): Promise<string> {
  scripts += 1;
  const path = scratchPath(`fake-${String(scripts)}.sh`);
  await writeFile(path, `#!/bin/sh\n${script.replaceAll('real', command)}\n`);
  await chmod(path, 0o755);
  return path;
}

const atHeaders = (script: string): string => `case "$*" in *show_streams*) ${script};; esac; exec real "$@"`;
/** Half of the packets are read before the program ends. */
const atPackets = (script: string): string =>
  `case "$*" in *show_entries*) real "$@" | head -n 60; ${script};; esac; exec real "$@"`;

const endings = [
  ['is killed', 'kill -KILL $$', 'TemporaryFailure', 'UPSTREAM'],
  ['uses up its CPU time', 'kill -XCPU $$', 'ResourceExhausted', 'TIMEOUT'],
  ['is out of memory', 'echo "x: Cannot allocate memory" >&2; exit 1', 'ResourceExhausted', 'OUT_OF_MEMORY'],
  ['finds the disk full', 'echo "x: No space left on device" >&2; exit 1', 'TemporaryFailure', 'DISK_FULL'],
] as const;

describe('when a program is ended', function () {
  this.timeout(20_000);

  for (const [what, script, name, code] of endings) {
    it(`and ${what}, the probe's file is not blamed`, async () => {
      for (const at of [atHeaders, atPackets]) {
        const ffprobe = await fake('ffprobe', at(script));
        const error = await caught(probe(await clip('h264.mp4'), { ...tools, ffprobe }, signal));
        expect(error, at.name).to.include({ name, code });
      }
    });

    it(`and ${what}, the finished file is not blamed`, async () => {
      const path = await clip('h264.mp4');
      const broken: readonly MediaTools[] = [
        { ...tools, ffmpeg: await fake('ffmpeg', script) },
        { ...tools, ffprobe: await fake('ffprobe', script) },
      ];
      for (const some of broken)
        expect(await caught(acceptOutput(path, { expectedSeconds: 2, tools: some, signal }))).to.include({
          name,
          code,
        });
    });
  }

  it('because it was asked to stop, the finished file is not blamed (exit code 255)', async () => {
    const ffmpeg = await fake('ffmpeg', 'exit 255');
    const options = { expectedSeconds: 2, tools: { ...tools, ffmpeg }, signal };
    expect(await caught(acceptOutput(await clip('h264.mp4'), options))).to.include({
      name: 'ResourceExhausted',
      code: 'TIMEOUT',
    });
  });

  it('a recording whose packets end in an error counts as broken off', async () => {
    const ffprobe = await fake('ffprobe', atPackets('exit 1'));
    expect(await probe(await clip('h264.mp4'), { ...tools, ffprobe }, signal)).to.include({
      truncated: true,
    });
  });

  it('the check leaves no other program running', async () => {
    const note = scratchPath('outlived');
    const ffmpeg = await fake('ffmpeg', 'exit 3');
    const ffprobe = await fake('ffprobe', `sleep 1; echo yes > '${note}'`);
    const options = { expectedSeconds: 2, tools: { ...tools, ffmpeg, ffprobe }, signal };
    expect(await caught(acceptOutput(await clip('h264.mp4'), options))).to.include({ name: 'InternalError' });
    await sleep(1300);
    expect(await caught(readFile(note))).to.include({ code: 'ENOENT' });
  });

  it('both tasks have ended before the first failure is thrown', async () => {
    let isOver = false;
    const failure = new Error('first');
    const slow = (shared: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        shared.addEventListener('abort', () => {
          setTimeout(() => {
            isOver = true;
            resolve();
          }, 50);
        });
      });
    const error = await caught(bothOrNeither(signal, slow, () => Promise.reject(failure)));
    expect(error).to.equal(failure);
    expect(isOver).to.equal(true);
  });
});

describe('one deadline', function () {
  this.timeout(20_000);

  it('holds for all attempts of a pass together', async () => {
    const path = await clip('h264.mp4');
    const recording = await probe(path, tools, signal);
    const runs = scratchPath('runs');
    // The copy fails after 1.5 s; encoding would take as long again.
    const ffmpeg = await fake('ffmpeg', `echo run >> '${runs}'; sleep 1.5; exit 1`);
    const startedMs = performance.now();
    const error = await caught(
      runMediaPass({
        path,
        recording,
        folder: scratchFolder(),
        tools: { ...tools, ffmpeg },
        signal,
        timeoutSeconds: 2,
        openVision: null,
      }),
    );
    expect(error).to.include({ name: 'ResourceExhausted', code: 'TIMEOUT' });
    expect((performance.now() - startedMs) / 1000).to.be.within(1.9, 2.8);
    expect((await readFile(runs, 'utf8')).trim().split('\n')).to.have.lengthOf(2);
  });

  it('holds for the download and all looks of a probe together', async () => {
    const ffprobe = await fake('ffprobe', 'sleep 5; exec real "$@"');
    const objects = { download: () => sleep(300) };
    const context = {
      services: { objects },
      media: { tools: { ...tools, ffprobe }, openVision: null },
      log: () => undefined,
      signal,
      scratchFolder: scratchFolder(),
      onProgress: () => undefined,
      timeoutSeconds: 11,
    };
    const bytes = await readFile(await clip('h264.mp4'));
    const download = async (_key: string, path: string): Promise<void> => {
      await sleep(300);
      await writeFile(path, bytes);
    };
    const startedMs = performance.now();
    const running = probeRecording.run(
      { objectKey: 'uploads/x', sha256: null },
      { ...context, services: { objects: { ...objects, download } as never } },
    );
    expect(await caught(running)).to.include({ name: 'ResourceExhausted', code: 'TIMEOUT' });
    expect((performance.now() - startedMs) / 1000).to.be.within(0.9, 2);
  });
});
