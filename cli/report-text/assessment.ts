// How does the assessment stand in the terminal? Who made it, the STAR parts, the points, the words to avoid.
import type { Assessment, Point, StarPart } from '../../domain/assessment.ts';
import type { Evidence } from '../../domain/figure.ts';
import { formulas } from '../../domain/formulas.ts';
import type { Report } from '../../domain/report.ts';
import { asSentence, clock, formatSpan, originOf } from '../../report/format.ts';
import type { ReportLanguage } from '../../report/language.ts';
import { momentsLine } from './figures.ts';
import type { Layout } from './layout.ts';
import { hang, padEnd, widthOf, wrap } from './layout.ts';

const starParts: readonly StarPart[] = ['situation', 'task', 'action', 'result'];

const quoted = (evidence: readonly Evidence[]): string =>
  evidence
    .map((one) => (one.text === undefined ? formatSpan(one) : `“${one.text}” ${clock(one.startSeconds)}`))
    .join(', ');

function starLines(assessment: Assessment, layout: Layout, language: ReportLanguage): string[] {
  const column = Math.max(...starParts.map((part) => widthOf(language.star[part])));
  const present = starParts.filter((part) => assessment.star[part].length > 0).length;
  const parts = starParts.flatMap((part) => {
    const evidence = assessment.star[part];
    const isPresent = evidence.length > 0;
    const mark = `  ${isPresent ? '✓' : '✗'} ${padEnd(language.star[part], column)}  `;
    const lines = hang(mark, isPresent ? quoted(evidence) : language.partMissing, layout.width);
    return lines.map((line) => (isPresent ? line : layout.paint('warn', line)));
  });
  return ['', `${layout.paint('strong', language.structure)}  ${language.structureOf(present)}`, ...parts];
}

function pointLines(
  title: string,
  points: readonly Point[],
  context: { layout: Layout; language: ReportLanguage },
): string[] {
  const { layout, language } = context;
  const lines = points.flatMap((point, index) => {
    const proof = [
      point.figure === null ? '' : formulas[point.figure].title,
      point.evidence.length > 3 ? momentsLine(point.evidence, language) : quoted(point.evidence),
    ].filter((part) => part !== '');
    return [
      ...hang(`  ${index + 1}. `, point.statement, layout.width),
      ...hang('     ', proof.join(' · '), layout.width).map((line) => layout.paint('quiet', line)),
    ];
  });
  return ['', layout.paint('strong', title), ...(lines.length > 0 ? lines : [`  ${language.noPoints}`])];
}

function avoidLines(assessment: Assessment, layout: Layout, language: ReportLanguage): string[] {
  const lines = assessment.wordsToAvoid.flatMap((word) => [
    ...hang(
      '  ',
      `“${word.text}” ${language.times(word.evidence.length)} (${momentsLine(word.evidence, language)})`,
      layout.width,
    ),
    ...hang('     ', word.reason, layout.width).map((line) => layout.paint('quiet', line)),
  ]);
  const body = lines.length > 0 ? lines : [`  ${language.noPoints}`];
  return ['', layout.paint('strong', language.wordsToAvoid), ...body];
}

/** The assessment, or why there is none. */
export function assessmentLines(report: Report, layout: Layout, language: ReportLanguage): string[] {
  const { assessment } = report;
  const title = ['', layout.paint('strong', language.assessment)];
  if (!assessment) {
    const reason = asSentence(report.assessmentReason ?? '');
    return [...title, ...hang('  ', `${language.noAssessment} ${reason}`, layout.width)];
  }
  const context = { layout, language };
  return [
    ...title,
    ...wrap(assessment.summary, layout.width - 2).map((line) => `  ${line}`),
    ...hang('  ', originOf(assessment.provenance, language), layout.width).map((line) =>
      layout.paint('quiet', line),
    ),
    ...starLines(assessment, layout, language),
    ...pointLines(language.strengths, assessment.strengths, context),
    ...pointLines(language.weaknesses, assessment.weaknesses, context),
    ...avoidLines(assessment, layout, language),
  ];
}
