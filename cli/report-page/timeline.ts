// How is the time line drawn? One row per lane over the whole length, each mark a button.
import type { Report, Storyboard } from '../../domain/report.ts';
import { clock } from '../report-format.ts';
import type { ReportLanguage } from '../report-language.ts';
import type { Curve, Lane, Mark } from './lanes.ts';
import { lanesOf, lengthOf } from './lanes.ts';
import { markup, percent } from './markup.ts';
import type { Markup } from './markup.ts';

/** The strip shows this many pictures; a narrow screen hides every other one. */
const stripTiles = 12;
const tickSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800];
const mostTicks = 9;

/** Times of the axis labels: round steps, at most nine, none so near the end that labels would touch. */
export function ticksOf(lengthSeconds: number): number[] {
  const step = tickSteps.find((candidate) => lengthSeconds / candidate <= mostTicks) ?? 3600;
  const ticks: number[] = [];
  for (let at = 0; at <= lengthSeconds - step * 0.4 || at === 0; at += step) ticks.push(at);
  return ticks;
}

/** The number of the storyboard tile that shows a moment. */
const tileAt = (seconds: number, storyboard: Storyboard): number =>
  Math.min(storyboard.tileCount - 1, Math.max(0, Math.floor(seconds / storyboard.secondsPerTile)));

function tile(seconds: number, storyboard: Storyboard): Markup {
  const number = tileAt(seconds, storyboard);
  const x = (number % storyboard.columns) * storyboard.tileWidth;
  const y = Math.floor(number / storyboard.columns) * storyboard.tileHeight;
  return markup`<svg class="tile" viewBox="${x} ${y} ${storyboard.tileWidth} ${storyboard.tileHeight}" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false"><use href="#storyboard"/></svg>`;
}

/** The sheet, once; every tile on the page is a window onto it. */
export function storyboardSheet(storyboard: Storyboard, imageUri: Markup): Markup {
  const rows = Math.ceil(storyboard.tileCount / storyboard.columns);
  return markup`<svg class="sheet" width="0" height="0" aria-hidden="true" focusable="false"><defs><image id="storyboard" href="${imageUri}" width="${storyboard.columns * storyboard.tileWidth}" height="${rows * storyboard.tileHeight}" preserveAspectRatio="none"/></defs></svg>`;
}

function strip(storyboard: Storyboard, length: number, language: ReportLanguage): Markup {
  const moments = Array.from({ length: stripTiles }, (_, index) => ((index + 0.5) * length) / stripTiles);
  return markup`<div class="lane lane-pictures"><span class="lane-label">${language.lanes.pictures}</span><div class="track strip">${moments.map((at) => tile(at, storyboard))}</div></div>`;
}

/** Marks are told apart by form as well as by colour: what is absent or usual is a low bar. */
const lowKinds: ReadonlySet<Mark['kind']> = new Set(['noFace', 'silence']);

function drawSpan(mark: Mark, length: number): Markup {
  const end = Math.min(mark.endSeconds, length);
  const across = markup`x="${percent(mark.startSeconds, length)}" width="${percent(end - mark.startSeconds, length)}"`;
  return lowKinds.has(mark.kind)
    ? markup`<rect class="target" ${across} height="100%"/><rect ${across} y="35%" height="30%" rx="3"/>`
    : markup`<rect ${across} height="100%" rx="3"/>`;
}

function drawMark(mark: Mark, length: number, tabStop: boolean): Markup {
  const shape =
    mark.kind === 'filler' || mark.kind === 'hedge' || mark.kind === 'repeat'
      ? markup`<svg x="${percent((mark.startSeconds + mark.endSeconds) / 2, length)}" y="50%" overflow="visible"><rect class="target" x="-7" y="-11" width="14" height="22"/><use href="#mark-${mark.kind}"/></svg>`
      : drawSpan(mark, length);
  return markup`<g class="mark mark-${mark.kind}" role="button" tabindex="${tabStop ? 0 : -1}" data-at="${mark.startSeconds}" data-label="${mark.label}" aria-label="${mark.label}">${shape}</g>`;
}

function drawCurve(curve: Curve, length: number): Markup {
  const points = curve.points.map(
    ({ atSeconds, height }) =>
      `${Math.round((atSeconds / length) * 10_000) / 10},${Math.round((1 - height) * 1000) / 10}`,
  );
  const first = points[0]?.split(',')[0] ?? '0';
  const last = points.at(-1)?.split(',')[0] ?? '0';
  const area = curve.name === 'loudness' ? ` L${last},100 L${first},100 Z` : '';
  return markup`<path class="curve curve-${curve.name}" d="M${points.join(' L')}${area}"/>`;
}

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
      : markup`<span class="lane-note">${lane.note}</span>`
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
