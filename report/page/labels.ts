// How are the things in the picture shown? By name, with every time that one was to be seen.
import type { SeenLabel, SeenLabels } from '../../domain/picture-labels.ts';
import { formatValue } from '../format.ts';
import type { ReportLanguage } from '../language.ts';
import { markup } from './markup.ts';
import type { Markup } from './markup.ts';
import { momentList } from './moments.ts';

/** Shown at once; the others wait behind a disclosure. */
const shownAtOnce = 8;

function thing({ name, confidence, spans }: SeenLabel, language: ReportLanguage): Markup {
  const { number, unit } = formatValue(confidence, 'ratio', language);
  return markup`<li><b lang="en">${name}</b> <span class="confidence" title="${language.confidence}">${number} ${unit}</span>${momentList(spans, language)}</li>`;
}

const list = (things: readonly SeenLabel[], language: ReportLanguage): Markup =>
  markup`<ul class="things">${things.map((one) => thing(one, language))}</ul>`;

/** A list whose moments are clickable, the longest seen first, or nothing when nothing was named. */
export function labelList({ things }: SeenLabels, language: ReportLanguage): Markup | null {
  if (things.length === 0) return null;
  if (things.length <= shownAtOnce + 1) return list(things, language);
  const hidden = things.slice(shownAtOnce);
  return markup`${list(things.slice(0, shownAtOnce), language)}<details class="more"><summary>${language.more(hidden.length)}</summary>${list(hidden, language)}</details>`;
}
