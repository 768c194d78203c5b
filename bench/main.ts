// How much does the work cost, as ratios in one run?
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { measureApiLoad } from './api-load.ts';
import { bareEncode, mediaPass, naivePasses, type Argv } from './commands.ts';
import { makeInputs } from './inputs.ts';
import { measureInterpreter } from './interpreter.ts';
import { costOf, median, type ProcessCost } from './process-cost.ts';
import { measureTextMetrics } from './text-metrics.ts';

export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The value may be at most this. */
  readonly target: number | null;
}

export interface BenchResult {
  readonly machine: string;
  readonly runs: number;
  readonly rows: readonly BenchRow[];
}

const launcher = join(import.meta.dirname, '..', 'greenroom');

const ffmpegCost = async (commands: readonly Argv[]): Promise<number> => {
  let seconds = 0;
  for (const args of commands) seconds += (await costOf('ffmpeg', args)).cpuSeconds;
  return seconds;
};

const analyzeCost = (input: string, folder: string, env: NodeJS.ProcessEnv): Promise<ProcessCost> =>
  costOf(launcher, ['analyze', input, '--out', join(folder, 'report'), '--json'], env);

/** Everything once, one after another, so that a busy machine weighs on all alike. */
async function measureOnce(folder: string, threads: number, inputs: ReturnType<typeof makeInputs>) {
  const { webm, mp4 } = inputs;
  return {
    bare: await ffmpegCost([bareEncode(webm, folder, threads)]),
    pass: await ffmpegCost([await mediaPass(webm, folder, threads)]),
    naive: await ffmpegCost(naivePasses(webm, folder, threads)),
    bareMp4: await ffmpegCost([bareEncode(mp4, folder, threads)]),
    remux: await ffmpegCost([await mediaPass(mp4, folder, threads)]),
    whole: await analyzeCost(webm, folder, {}),
    wholeMp4: await analyzeCost(mp4, folder, {}),
    blind: await analyzeCost(webm, folder, { GREENROOM_VISION: 'off' }),
  };
}
type Costs = Awaited<ReturnType<typeof measureOnce>>;

function rowsOf(costs: readonly Costs[]): BenchRow[] {
  const ratio = (of: (cost: Costs) => number): number => median(costs.map(of));
  return [
    { name: 'bare encode of 60 s of 720p', value: ratio((c) => c.bare), unit: 'CPU s', target: null },
    { name: 'media pass ÷ bare encode', value: ratio((c) => c.pass / c.bare), unit: '×', target: 1.15 },
    {
      name: 'media pass ÷ eleven naive passes',
      value: ratio((c) => c.pass / c.naive),
      unit: '×',
      target: 0.35,
    },
    {
      name: 'remux pass with AAC and all measurements ÷ encode',
      value: ratio((c) => c.remux / c.bareMp4),
      unit: '×',
      target: 0.35,
    },
    {
      name: 'whole analyze ÷ bare encode',
      value: ratio((c) => c.whole.cpuSeconds / c.bare),
      unit: '×',
      target: 1.6,
    },
    {
      name: 'whole analyze of that H.264 ÷ encode',
      value: ratio((c) => c.wholeMp4.cpuSeconds / c.bareMp4),
      unit: '×',
      target: null,
    },
    {
      name: 'whole analyze without vision ÷ bare encode',
      value: ratio((c) => c.blind.cpuSeconds / c.bare),
      unit: '×',
      target: null,
    },
    {
      name: 'peak memory of the driver without vision',
      value: ratio((c) => c.blind.peakMiB ?? Number.NaN),
      unit: 'MiB',
      target: 300,
    },
    {
      name: 'peak memory of the driver with vision',
      value: ratio((c) => c.whole.peakMiB ?? Number.NaN),
      unit: 'MiB',
      target: null,
    },
  ];
}

function machine(): string {
  const version = /version (\S+)/.exec(spawnSync('ffmpeg', ['-version'], { encoding: 'utf8' }).stdout)?.[1];
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = `${String(Math.round(totalmem() / 1024 ** 3))} GiB`;
  return `${String(availableParallelism())} × ${model}, ${memory}, Node ${process.versions.node}, FFmpeg ${version ?? 'missing'}`;
}

/** Runs the whole benchmark, about five minutes on two cores; `onProgress` is told what comes next. */
export async function runBench(runs: number, onProgress: (what: string) => void): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-bench-'));
  try {
    onProgress('making the inputs');
    const inputs = makeInputs(folder);
    const threads = Math.min(4, availableParallelism());
    const costs: Costs[] = [];
    for (let run = 1; run <= runs; run += 1) {
      onProgress(`run ${String(run)} of ${String(runs)}`);
      costs.push(await measureOnce(folder, threads, inputs));
    }
    onProgress('interpreter and text');
    const { millisecondsPerState } = await measureInterpreter();
    const { millisecondsPer1500Words } = await measureTextMetrics();
    onProgress('the local API');
    const { quiet, busy, wasBusy } = await measureApiLoad(inputs.webm, folder);
    return {
      machine: machine(),
      runs,
      rows: [
        ...rowsOf(costs),
        { name: 'interpreter, per state', value: millisecondsPerState, unit: 'CPU ms', target: 5 },
        { name: 'figures of 1,500 words', value: millisecondsPer1500Words, unit: 'ms', target: 10 },
        { name: 'p99 of 200 GET /api/records a second', value: quiet.p99, unit: 'ms', target: null },
        {
          name: 'the same during an analysis',
          value: wasBusy ? busy.p99 : Number.NaN,
          unit: 'ms',
          target: 50,
        },
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
