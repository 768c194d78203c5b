// How does a command analyse a file, show what happens, and end with the right code?
import { join, relative } from 'node:path';
import type { Problem, Report } from '../domain/report.ts';
import { analyze, type AnalyzeOptions } from '../local/analyze.ts';
import { requirePrograms } from '../local/environment.ts';
import { createProgress } from './progress.ts';
import { renderReportPage } from './report-page.ts';
import { renderReportText } from './report-text.ts';

/** 0 with a report, 3 without one for a reason that the user can mend; wrong usage is 2, data in use 4, our own fault 1. */
export const exitCodes = { report: 0, fault: 1, usage: 2, failed: 3, inUse: 4, interrupted: 130 } as const;

/** The share of the whole that a state ends at, and what it does in words. */
const states: { readonly [state: string]: { from: number; to: number; words: string } } = {
  ProbeRecording: { from: 0, to: 0.04, words: 'checking the recording' },
  ConvertVideo: { from: 0.04, to: 0.96, words: 'converting, watching and listening' },
  FinalizeRecord: { from: 0.96, to: 1, words: 'writing the report' },
};

type Request = Pick<AnalyzeOptions, 'file' | 'out' | 'question' | 'language' | 'transcriber' | 'environment'>;

export interface Presentation {
  readonly json: boolean;
  /** Log lines of the handlers go to stderr. */
  readonly verbose: boolean;
}

/** Analyses, presents and returns the exit code. Standard output gets the report and nothing else. */
export async function runAnalysis(request: Request, { json, verbose }: Presentation): Promise<number> {
  requirePrograms(request.environment);
  const stop = new AbortController();
  const interrupt = (): void => {
    stop.abort(new Interrupted());
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const progress = createProgress(process.stderr, { silent: json });
  try {
    const outcome = await analyze({
      ...request,
      signal: stop.signal,
      writePage: pageOf,
      log: verbose ? writeLog : () => undefined,
      onProgress: (name, fraction) => {
        const state = states[name];
        if (state)
          progress.update({ fraction: state.from + fraction * (state.to - state.from), state: state.words });
      },
    });
    progress.finish();
    if (outcome.status === 'FAILED') return presentFailure(outcome.problems, json);
    present(outcome.report, request.out, json);
    return exitCodes.report;
  } catch (error) {
    progress.finish();
    if (!(error instanceof Interrupted)) throw error;
    process.stderr.write('Stopped. Nothing was kept.\n');
    return exitCodes.interrupted;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

const writeLog: AnalyzeOptions['log'] = (event, facts) => {
  process.stderr.write(`${JSON.stringify({ event, ...facts })}\n`);
};

/** The page of a report whose files lie in `folder`. */
function pageOf(report: Report, folder: string): Promise<string> {
  const at = (name: string | null): string | null => (name === null ? null : join(folder, name));
  return renderReportPage(report, {
    video: at(report.files.playback),
    poster: at(report.files.poster),
    storyboard: at(report.files.storyboard),
    captions: at(report.files.captions),
  });
}

function present(report: Report, out: string, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return;
  }
  const colour = process.stdout.isTTY && !process.env['NO_COLOR'];
  const width = process.stdout.columns || 80;
  const folder = relative('.', out) || '.';
  process.stdout.write(
    [
      renderReportText(report, { width, colour }),
      '',
      `Report  ${join(folder, 'report.html')}   (open it in a browser)`,
      `Video   ${join(folder, report.files.playback ?? '')}`,
      `Data    ${join(folder, 'report.json')}`,
      '',
    ].join('\n'),
  );
}

function presentFailure(problems: readonly Problem[], json: boolean): number {
  if (json) process.stdout.write(`${JSON.stringify({ status: 'FAILED', problems }, null, 2)}\n`);
  process.stderr.write(`${problems.map(({ code, message }) => `${code}: ${message}`).join(' ')}\n`);
  if (!problems.some(({ code }) => code === 'BUG')) return exitCodes.failed;
  process.stderr.write('This is a fault of Greenroom, not of your file. --verbose shows what happened.\n');
  return exitCodes.fault;
}
