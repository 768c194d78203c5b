// Is one FFmpeg slower than another at our own work? CPU time of the media pass, alternating, in one run.
//   node_modules/.bin/node scripts/compare-ffmpeg.ts FFMPEG OTHER_FFMPEG RECORDING [ROUNDS]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { passCommand } from '../media/pass-command.ts';
import { planPass } from '../media/plan.ts';
import { probe } from '../media/probe.ts';
import { runProcess } from '../media/process.ts';

const [one, other, recordingPath, rounds = '2'] = process.argv.slice(2);
if (one === undefined || other === undefined || recordingPath === undefined)
  throw new Error('node scripts/compare-ffmpeg.ts FFMPEG OTHER_FFMPEG RECORDING [ROUNDS]');

const { signal } = new AbortController();
const recording = await probe(recordingPath, { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe', threads: 2 }, signal);
const folder = await mkdtemp(join(tmpdir(), 'greenroom-compare-'));
const args = passCommand(planPass(recordingPath, recording, { mayRemux: false }), { folder, threads: 2 });

const forget = async (stream: Readable): Promise<void> => {
  stream.resume();
  await finished(stream);
};

/** User and system time of one pass, in seconds; FFmpeg says it itself. */
async function cpuSeconds(command: string): Promise<number> {
  const { exitCode, stderr } = await runProcess({
    command,
    args: ['-benchmark', ...args].map((word) => (word === 'error' ? 'info' : word)),
    signal,
    timeoutSeconds: 900,
    pipes: [forget, forget, forget],
  });
  const said = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(stderr);
  if (exitCode !== 0 || !said)
    throw new Error(`${command} ended with ${String(exitCode)}: ${stderr.slice(-500)}`);
  return Number(said[1]) + Number(said[2]);
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const ratios: number[] = [];
try {
  for (let round = 0; round < Number(rounds); round += 1)
    // Both orders: whoever runs first finds a colder machine.
    for (const isFirst of [true, false]) {
      const first = await cpuSeconds(isFirst ? one : other);
      const second = await cpuSeconds(isFirst ? other : one);
      const [ours, theirs] = isFirst ? [first, second] : [second, first];
      ratios.push(ours / theirs);
      process.stdout.write(`${ours.toFixed(2)} s ÷ ${theirs.toFixed(2)} s = ${(ours / theirs).toFixed(3)}\n`);
    }
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`median ${median(ratios).toFixed(3)} of ${String(ratios.length)} pairs\n`);
