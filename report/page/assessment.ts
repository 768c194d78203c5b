// How is the assessment shown? Who made it first, then each statement with the words behind it.
import type { Assessment, Point, StarPart } from '../../domain/assessment.ts';
import type { Provenance } from '../../domain/figure.ts';
import type { Report } from '../../domain/report.ts';
import type { ReportLanguage } from '../language.ts';
import { judgementOf, sentenceOf, titleOf, type Said } from '../catalogue.ts';
import { asSentence, originOf } from '../format.ts';
import { langOf, markup } from './markup.ts';
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

const paragraph = (said: Said, className: string | null = null): Markup =>
  markup`<p dir="auto"${className === null ? null : markup` class="${className}"`}${langOf(said)}>${said.text}</p>`;

function points(
  title: string,
  list: readonly Point[],
  { kind, judge, language }: { kind: string; judge: Provenance; language: ReportLanguage },
): Markup {
  const items = list.map(
    (point) =>
      markup`<li>${paragraph(judgementOf(point.statement, judge, language))}${
        point.figure === null
          ? null
          : markup`<a class="figure-link" href="#figure-${point.figure}">${titleOf(point.figure, language)}</a>`
      }${momentList(point.evidence, language)}</li>`,
  );
  return markup`<div class="points points-${kind}"><h3>${title}</h3>${
    items.length > 0 ? markup`<ol>${items}</ol>` : markup`<p class="muted">${language.noPoints}</p>`
  }</div>`;
}

function wordsToAvoid(assessment: Assessment, language: ReportLanguage): Markup {
  const items = assessment.wordsToAvoid.map(
    (word) =>
      markup`<li><p><q dir="auto">${word.text}</q> <span class="aside">${language.times(word.evidence.length)}</span></p>${paragraph(judgementOf(word.reason, assessment.provenance, language), 'muted')}${momentList(
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
  const judge = assessment?.provenance ?? 'local-rules';
  const reason = sentenceOf(report.assessmentReason ?? '', language);
  const body = assessment
    ? markup`${paragraph(judgementOf(assessment.summary, judge, language), 'summary')}
<p class="origin">${originOf(assessment.provenance, language)}</p>
${star(assessment, language)}
<div class="two">${points(language.strengths, assessment.strengths, { kind: 'strong', judge, language })}${points(language.weaknesses, assessment.weaknesses, { kind: 'weak', judge, language })}</div>
${wordsToAvoid(assessment, language)}`
    : markup`<p>${language.noAssessment}</p>${paragraph({ ...reason, text: asSentence(reason.text) }, 'muted')}`;
  return markup`<section class="card assessment" aria-labelledby="assessment-title"><h2 id="assessment-title">${language.assessment}</h2>${body}</section>`;
}
