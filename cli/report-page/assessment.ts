// How is the assessment shown? Who made it first, then each statement with the words behind it.
import type { Assessment, Point, StarPart } from '../../domain/assessment.ts';
import { formulas } from '../../domain/formulas.ts';
import type { Report } from '../../domain/report.ts';
import type { ReportLanguage } from '../report-language.ts';
import { asSentence, originOf } from '../report-format.ts';
import { markup } from './markup.ts';
import type { Markup } from './markup.ts';
import { momentList } from './moments.ts';

const starParts: readonly StarPart[] = ['situation', 'task', 'action', 'result'];

function star(assessment: Assessment, language: ReportLanguage): Markup {
  const parts = starParts.map((part) => {
    const evidence = assessment.star[part];
    const isPresent = evidence.length > 0;
    return markup`<li class="star-part ${isPresent ? 'is-present' : 'is-missing'}"><h4><span class="letter" aria-hidden="true">${language.star[part].slice(0, 1)}</span>${language.star[part]}</h4>${
      isPresent ? momentList(evidence, language) : markup`<p class="muted">${language.partMissing}</p>`
    }</li>`;
  });
  const present = starParts.filter((part) => assessment.star[part].length > 0).length;
  return markup`<h3>${language.structure} <span class="aside">${language.structureOf(present)}</span></h3><ol class="star">${parts}</ol>`;
}

function points(
  title: string,
  list: readonly Point[],
  { kind, language }: { kind: string; language: ReportLanguage },
): Markup {
  const items = list.map(
    (point) =>
      markup`<li><p dir="auto">${point.statement}</p>${
        point.figure === null
          ? null
          : markup`<a class="figure-link" href="#figure-${point.figure}">${formulas[point.figure].title}</a>`
      }${momentList(point.evidence, language)}</li>`,
  );
  return markup`<div class="points points-${kind}"><h3>${title}</h3>${
    items.length > 0 ? markup`<ol>${items}</ol>` : markup`<p class="muted">${language.noPoints}</p>`
  }</div>`;
}

function wordsToAvoid(assessment: Assessment, language: ReportLanguage): Markup {
  const items = assessment.wordsToAvoid.map(
    (word) =>
      markup`<li><p><q dir="auto">${word.text}</q> <span class="aside">${language.times(word.evidence.length)}</span></p><p class="muted" dir="auto">${word.reason}</p>${momentList(
        word.evidence.map(({ startSeconds, endSeconds }) => ({ startSeconds, endSeconds })),
        language,
      )}</li>`,
  );
  return markup`<h3>${language.wordsToAvoid}</h3>${
    items.length > 0
      ? markup`<ul class="avoid">${items}</ul>`
      : markup`<p class="muted">${language.noPoints}</p>`
  }`;
}

/** The section; without an assessment it says why there is none. */
export function assessmentSection(report: Report, language: ReportLanguage): Markup {
  const { assessment } = report;
  const body = assessment
    ? markup`<p class="summary" dir="auto">${assessment.summary}</p>
<p class="origin">${originOf(assessment.provenance, language)}</p>
${star(assessment, language)}
<div class="two">${points(language.strengths, assessment.strengths, { kind: 'strong', language })}${points(language.weaknesses, assessment.weaknesses, { kind: 'weak', language })}</div>
${wordsToAvoid(assessment, language)}`
    : markup`<p>${language.noAssessment}</p><p class="muted" dir="auto">${asSentence(report.assessmentReason ?? '')}</p>`;
  return markup`<section class="card assessment" aria-labelledby="assessment-title"><h2 id="assessment-title">${language.assessment}</h2>${body}</section>`;
}
