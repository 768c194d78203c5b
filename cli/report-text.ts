// How does a report read in a terminal?
import type { Report } from '../domain/report.ts';
import { asSentence, clock, formatDate, formatSource } from '../report/format.ts';
import type { ReportLanguage } from '../report/language.ts';
import { english } from '../report/language.ts';
import { assessmentLines } from './report-text/assessment.ts';
import { figureLines } from './report-text/figures.ts';
import type { Layout } from './report-text/layout.ts';
import { hang, painter, wrap } from './report-text/layout.ts';

const narrowest = 40;
/** Longer lines are hard to read, however wide the terminal is. */
const widest = 110;

export interface ReportTextOptions {
  /** Columns of the terminal; lines are kept between 40 and 110. */
  readonly width: number;
  /** `false` under NO_COLOR and where the output is no terminal. */
  readonly colour: boolean;
}

function headLines(report: Report, layout: Layout, language: ReportLanguage): string[] {
  const { recording } = report;
  const size = recording.video ? `${recording.video.width} × ${recording.video.height}` : language.noPicture;
  const facts = [
    language.status[report.status],
    formatDate(report.createdAt, language),
    `${clock(recording.durationSeconds)} ${language.length}${recording.truncated ? ` (${language.truncated})` : ''}`,
    size,
    ...(recording.audio ? [] : [language.noSound]),
  ];
  const question = wrap(report.question ?? language.noQuestion, layout.width);
  return [
    ...question.map((line) => layout.paint('strong', line)),
    ...wrap(facts.join(' · '), layout.width).map((line) => layout.paint('quiet', line)),
  ];
}

function problemLines(report: Report, layout: Layout, language: ReportLanguage): string[] {
  if (report.problems.length === 0) return [];
  const lines = report.problems.flatMap((problem) =>
    hang('  ! ', `${problem.message} (${problem.code})`, layout.width),
  );
  return ['', layout.paint('strong', language.problems), ...lines.map((line) => layout.paint('warn', line))];
}

function transcriptLines(report: Report, layout: Layout, language: ReportLanguage): string[] {
  const { transcript } = report;
  const text = transcript
    ? language.transcriptSource(formatSource(transcript.source, language), transcript.language) +
      (transcript.timing === 'cue' ? ` ${language.cueTiming}` : '')
    : `${language.noTranscript} ${asSentence(report.transcriptReason ?? '')}`;
  return ['', layout.paint('strong', language.captions), ...hang('  ', text, layout.width)];
}

/**
 * The report in plain lines, with a line break at the end. Every standing is said in words, colour only
 * underlines it; every unknown figure has a dash and its reason.
 */
export function renderReportText(report: Report, { width, colour }: ReportTextOptions): string {
  const language = english;
  const layout = { width: Math.min(widest, Math.max(narrowest, width)), paint: painter(colour) };
  const lines = [
    ...headLines(report, layout, language),
    ...problemLines(report, layout, language),
    ...assessmentLines(report, layout, language),
    ...figureLines(report, layout, language),
    ...transcriptLines(report, layout, language),
    '',
    ...wrap(language.notMeasuredEver, layout.width).map((line) => layout.paint('quiet', line)),
  ];
  return `${lines.join('\n')}\n`;
}
