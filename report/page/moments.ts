// How is a moment of the recording offered so that a click goes there?
import type { Evidence } from '../../domain/figure.ts';
import { formatSpan } from '../format.ts';
import type { ReportLanguage } from '../language.ts';
import { markup } from './markup.ts';
import type { Markup } from './markup.ts';

/** Shown at once; the others wait behind a disclosure. */
const shownAtOnce = 4;

/** Page elements with `data-at` move the player to that second. */
const momentButton = (evidence: Evidence): Markup =>
  markup`<button type="button" class="moment" data-at="${evidence.startSeconds}"><span class="moment-time">${formatSpan(evidence)}</span>${
    evidence.text === undefined ? null : markup` <q dir="auto">${evidence.text}</q>`
  }</button>`;

const list = (evidence: readonly Evidence[]): Markup =>
  markup`<ul class="moments">${evidence.map((one) => markup`<li>${momentButton(one)}</li>`)}</ul>`;

/** A list of clickable moments, or nothing when there are none. */
export function momentList(evidence: readonly Evidence[], language: ReportLanguage): Markup | null {
  if (evidence.length === 0) return null;
  if (evidence.length <= shownAtOnce + 1) return list(evidence);
  const hidden = evidence.slice(shownAtOnce);
  return markup`${list(evidence.slice(0, shownAtOnce))}<details class="more"><summary>${language.more(hidden.length)}</summary>${list(hidden)}</details>`;
}
