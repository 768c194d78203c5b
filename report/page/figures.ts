// How is a figure shown? As a card: value, usual range, moments, and behind a disclosure its formula and source.
import type { Figure } from '../../domain/figure.ts';
import { formulaNames, formulas } from '../../domain/formulas.ts';
import type { Formula, FormulaName } from '../../domain/formulas.ts';
import type { Report } from '../../domain/report.ts';
import type { Said } from '../catalogue.ts';
import { bandSourceOf, definitionOf, sentenceOf, sourceOf, titleOf } from '../catalogue.ts';
import { formatBand, formatProvenance, formatStanding, formatValue } from '../format.ts';
import type { ReportLanguage } from '../language.ts';
import { labelList } from './labels.ts';
import { langOf, markup } from './markup.ts';
import type { Markup } from './markup.ts';
import { momentList } from './moments.ts';
import { rangeBar } from './range-bar.ts';

const entry = (title: string, said: Said | null): Markup | null =>
  said && markup`<dt>${title}</dt><dd${langOf(said)}>${said.text}</dd>`;

function disclosure(name: FormulaName, language: ReportLanguage): Markup {
  const { band, source } = formulas[name];
  return markup`<details class="method"><summary>${language.howMeasured}</summary><dl>
${entry(language.definition, definitionOf(name, language))}
${entry(language.source, sourceOf(name, language))}${
    band && band.source !== source ? entry(language.bandSource, bandSourceOf(name, language)) : null
  }</dl></details>`;
}

function value(figure: Figure, formula: Formula, language: ReportLanguage): Markup {
  if (figure.value === null) {
    const reason = sentenceOf(figure.reason, language);
    return markup`<p class="value"><span class="number" aria-label="${language.unknown}">${language.dash}</span> <span class="reason" dir="auto"${langOf(reason)}>${reason.text}</span></p>`;
  }
  const shown = formatValue(figure.value, figure.unit, language);
  const { band } = formula;
  return markup`<p class="value"><span class="number">${shown.number}</span> <span class="unit">${shown.unit}</span></p>${
    band
      ? markup`${rangeBar(figure.value, band, formula.unit)}<p class="band">${language.usual} ${formatBand(band, formula.unit, language)}</p>`
      : null
  }`;
}

const standingClass = (figure: Figure): string =>
  figure.value === null ? 'unknown' : (figure.standing ?? 'open');

function moments(figure: Figure, { labels }: Report, language: ReportLanguage): Markup | null {
  if (figure.value === null) return null;
  // One list by name says more than all moments in one row.
  if (figure.formula === 'objects' && labels) return labelList(labels, language);
  return momentList(figure.evidence, language);
}

function card(figure: Figure, report: Report, language: ReportLanguage): Markup {
  const formula: Formula = formulas[figure.formula];
  return markup`<article class="card figure is-${standingClass(figure)}" id="figure-${figure.formula}">
<header><h4>${titleOf(figure.formula, language)}</h4><span class="standing">${formatStanding(figure, language)}</span></header>
${value(figure, formula, language)}
${moments(figure, report, language)}
<footer>${disclosure(figure.formula, language)}<span class="provenance" title="${language.from}">${formatProvenance(figure.provenance, language)}</span></footer>
</article>`;
}

/** All figures of the catalogue in three groups; one that is not known shows a dash and its reason (A64). */
export function figures(report: Report, language: ReportLanguage): Markup {
  const groups = (['video', 'audio', 'text'] as const).map((group) => {
    const cards = formulaNames
      .filter((name) => formulas[name].group === group)
      .map((name) => card(report.figures[name], report, language));
    return markup`<h3 id="group-${group}">${language.groups[group]}</h3><div class="cards">${cards}</div>`;
  });
  return markup`<section class="figures" aria-labelledby="figures-title"><h2 id="figures-title">${language.figures}</h2>${groups}</section>`;
}
