// Where do the transcriber tests keep their objects, jobs and recordings?
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObjectStore } from '../../../../services/contracts.ts';
import { createObjectStore } from '../../../../services/local/objects.ts';
import {
  createTranscriber,
  type TranscriberConfiguration,
} from '../../../../services/local/transcribers/create-transcriber.ts';
import type { LocalTranscriber } from '../../../../services/local/transcribers/jobs.ts';
import { writeFakeWhisper } from './fake-whisper.ts';

const workbenches: Workbench[] = [];
after(async () => {
  for (const { transcribers, folder } of workbenches) {
    await Promise.all(transcribers.map((transcriber) => transcriber.close()));
    await rm(folder, { recursive: true, force: true });
  }
});

export interface Workbench {
  readonly folder: string;
  readonly objects: ObjectStore;
  readonly transcribers: LocalTranscriber[];
  /** A transcriber over the same objects and jobs each time, as after a restart. */
  readonly open: (configuration: TranscriberConfiguration) => LocalTranscriber;
  /** whisper-cli's stand-in, told what to do. */
  readonly whisper: (behaviour: string) => Promise<TranscriberConfiguration>;
  /** The runs of the stand-in: its process id and its arguments. */
  readonly runs: () => Promise<string[]>;
}

export async function newWorkbench(): Promise<Workbench> {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-transcribers-'));
  const objects = createObjectStore(join(folder, 'objects'));
  const transcribers: LocalTranscriber[] = [];
  const workbench: Workbench = {
    folder,
    objects,
    transcribers,
    open: (configuration) => {
      const transcriber = createTranscriber(configuration, {
        objects,
        folder: join(folder, 'transcriptions'),
      });
      transcribers.push(transcriber);
      return transcriber;
    },
    whisper: async (behaviour) => {
      const model = join(folder, `model ${behaviour}.bin`);
      await writeFile(model, behaviour);
      return { kind: 'whisper-cli', command: await writeFakeWhisper(folder), model };
    },
    runs: async () =>
      (await readFile(join(folder, 'runs'), 'utf8').catch(() => ''))
        .split('\n')
        .filter((line) => line !== ''),
  };
  workbenches.push(workbench);
  return workbench;
}

const { signal } = new AbortController();

/** Makes a recording with ffmpeg (`output` holds what comes before the file name) and stores it. */
export async function record(
  { folder, objects }: Workbench,
  key: string,
  output: readonly string[],
): Promise<string> {
  const path = join(folder, `made.${key.split('.').at(-1)}`);
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...output, path]);
  await objects.upload(key, path, 'video/webm', signal);
  return key;
}

/** Half a second of a tone that starts at `startSeconds` of a picture. */
export const lateTone = (startSeconds: number): readonly string[] =>
  [
    ['-f', 'lavfi', '-i', 'color=size=64x64:rate=10:duration=2'],
    ['-itsoffset', String(startSeconds), '-f', 'lavfi', '-i', 'sine=frequency=440:duration=0.5'],
    ['-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libopus'],
  ].flat();

/** The samples of a 16 kHz mono WAV file with a header of 44 bytes. */
export async function samplesOf(path: string): Promise<Int16Array> {
  const bytes = await readFile(path);
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset + 44, bytes.byteOffset + bytes.length));
}
