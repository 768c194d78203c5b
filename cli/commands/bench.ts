// What does `./greenroom bench` do? It measures the costs that docs/performance.md states.
import { Command, InvalidArgumentError } from 'commander';
import { runBench, type BenchResult } from '../../bench/main.ts';
import { exitCodes } from '../run-analysis.ts';

function count(value: string): number {
  const runs = Number(value);
  if (!Number.isInteger(runs) || runs < 1 || runs > 20)
    throw new InvalidArgumentError('Give a number from 1 to 20.');
  return runs;
}

const keeps = ({ value, target }: BenchResult['rows'][number]): boolean => target === null || value <= target;

function table({ machine, runs, rows }: BenchResult): string {
  const lines = rows.map((row) => {
    const target = row.target === null ? '' : `at most ${String(row.target)}${keeps(row) ? '' : '  MISSED'}`;
    return `${row.name.padEnd(50)} ${row.value.toFixed(2).padStart(8)} ${row.unit.padEnd(7)} ${target}`.trimEnd();
  });
  return `${machine}; median of ${String(runs)}\n\n${lines.join('\n')}\n`;
}

export const benchCommand = (): Command =>
  new Command('bench')
    .description('measure costs as ratios in one run (some minutes)')
    .option('--runs <n>', 'how often everything is measured; the median counts', count, 3)
    .option('--json', 'print the figures as JSON', false)
    .addHelpText('after', '\nEnds with 0 when every target is kept, else with 1.')
    .action(async ({ runs, json }: { readonly runs: number; readonly json: boolean }) => {
      const result = await runBench(runs, (what) => {
        if (!json) process.stderr.write(`${what} …\n`);
      });
      process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : table(result));
      process.exitCode = result.rows.every(keeps) ? 0 : exitCodes.fault;
    });
