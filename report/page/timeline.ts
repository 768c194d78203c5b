// How is the time line drawn? One row per lane over the whole length, each mark a button.
import type { Report, Storyboard } from '../../domain/report.ts';
import { percent, ticksOf } from '../axis.ts';
import { curvePath } from '../curve.ts';
import { clock } from '../format.ts';
import type { ReportLanguage } from '../language.ts';
import type { Curve, Lane } from '../lanes.ts';
import type { Mark } from '../marks.ts';
import { lanesOf, lengthOf } from '../lanes.ts';
import { isLow, isWordKind } from '../marks.ts';
import { sheetOf, tileAt } from '../storyboard.ts';
import { langOf, markup } from './markup.ts';
import type { Markup } from './markup.ts';

/** The strip shows this many pictures; a narrow screen hides every other one. */
const stripTiles = 12;
function tile(seconds: number, storyboard: Storyboard): Markup {
  const { x, y, width, height } = tileAt(seconds, storyboard);
  return markup`<svg class="tile" viewBox="${x} ${y} ${width} ${height}" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false"><use href="#storyboard"/></svg>`;
}

/** The sheet, once; every tile on the page is a window onto it. */
export function storyboardSheet(storyboard: Storyboard, imageUri: Markup): Markup {
  const { width, height } = sheetOf(storyboard);
  return markup`<svg class="sheet" width="0" height="0" aria-hidden="true" focusable="false"><defs><image id="storyboard" href="${imageUri}" width="${width}" height="${height}" preserveAspectRatio="none"/></defs></svg>`;
}

function strip(storyboard: Storyboard, length: number, language: ReportLanguage): Markup {
  const moments = Array.from({ length: stripTiles }, (_, index) => ((index + 0.5) * length) / stripTiles);
  return markup`<div class="lane lane-pictures"><span class="lane-label">${language.lanes.pictures}</span><div class="track strip">${moments.map((at) => tile(at, storyboard))}</div></div>`;
}

function drawSpan(mark: Mark, length: number): Markup {
  const end = Math.min(mark.endSeconds, length);
  const across = markup`x="${percent(mark.startSeconds, length)}" width="${percent(end - mark.startSeconds, length)}"`;
  return isLow(mark)
    ? markup`<rect class="target" ${across} height="100%"/><rect ${across} y="35%" height="30%" rx="3"/>`
    : markup`<rect ${across} height="100%" rx="3"/>`;
}

function drawMark(mark: Mark, length: number, tabStop: boolean): Markup {
  const shape = isWordKind(mark.kind)
    ? markup`<svg x="${percent((mark.startSeconds + mark.endSeconds) / 2, length)}" y="50%" overflow="visible"><rect class="target" x="-7" y="-11" width="14" height="22"/><use href="#mark-${mark.kind}"/></svg>`
    : drawSpan(mark, length);
  return markup`<g class="mark mark-${mark.kind}" role="button" tabindex="${tabStop ? 0 : -1}" data-at="${mark.startSeconds}" data-label="${mark.label}" aria-label="${mark.label}">${shape}</g>`;
}

const drawCurve = (curve: Curve, length: number): Markup =>
  markup`<path class="curve curve-${curve.name}" d="${curvePath(curve, length)}"/>`;

function drawLane(lane: Lane, length: number): Markup {
  const band =
    lane.id === 'attention' && lane.curves.length > 0
      ? markup`<rect class="curve-band" x="0" y="30" width="1000" height="40"/>`
      : null;
  const curves =
    lane.curves.length > 0
      ? markup`<svg class="curves" viewBox="0 0 1000 100" preserveAspectRatio="none" width="100%" height="100%">${band}${lane.curves.map((curve) => drawCurve(curve, length))}</svg>`
      : null;
  return markup`<div class="lane lane-${lane.id}"><span class="lane-label">${lane.label}${lane.key === null ? null : markup`<small>${lane.key}</small>`}</span><div class="track">${
    lane.note === null
      ? markup`<svg width="100%" height="100%" role="group" aria-label="${lane.label}">${curves}${lane.marks.map((mark, index) => drawMark(mark, length, index === 0))}</svg>`
      : markup`<span class="lane-note"${langOf(lane.note)}>${lane.note.text}</span>`
  }</div></div>`;
}

const shapes = markup`<svg class="sheet" width="0" height="0" aria-hidden="true" focusable="false"><defs><circle id="mark-filler" r="5"/><path id="mark-hedge" d="M0-6 6 0 0 6-6 0Z"/><rect id="mark-repeat" x="-4.5" y="-4.5" width="9" height="9" rx="1.5"/></defs></svg>`;

/** The section with all rows, the axis and the playhead. `hasStoryboard`: the page holds the sheet. */
export function timeline(report: Report, language: ReportLanguage, { hasStoryboard = false } = {}): Markup {
  const length = lengthOf(report);
  const { storyboard } = report;
  const ticks = ticksOf(length).map(
    (at) =>
      markup`<svg x="${percent(at, length)}" overflow="visible"><text y="13" ${at === 0 ? markup`class="first"` : null}>${clock(at)}</text></svg>`,
  );
  return markup`<section class="card timeline" aria-labelledby="timeline-title">
<div class="section-head"><h2 id="timeline-title">${language.timeline}</h2><p class="hint">${language.timelineHint}</p></div>
${shapes}
<div class="lanes" id="lanes">
<div class="lane lane-axis"><span class="lane-label"></span><div class="track"><svg width="100%" height="100%" aria-hidden="true" focusable="false">${ticks}</svg></div></div>
${hasStoryboard && storyboard ? strip(storyboard, length, language) : null}
${lanesOf(report, language).map((lane) => drawLane(lane, length))}
<div class="overlay" id="overlay"><div class="playhead" id="playhead"><div class="handle" id="handle" role="slider" tabindex="0" aria-label="${language.position}" aria-valuemin="0" aria-valuemax="${Math.round(length)}" aria-valuenow="0" aria-valuetext="${clock(0)}"></div></div>
<div class="preview" id="preview" hidden>${hasStoryboard && storyboard ? tile(0, storyboard) : null}<span id="preview-text"></span></div></div>
</div>
</section>`;
}
