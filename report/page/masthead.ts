// What stands at the head and the foot of the page?
import type { Report } from '../../domain/report.ts';
import { sentenceOf } from '../catalogue.ts';
import { clock, formatDate } from '../format.ts';
import type { ReportLanguage } from '../language.ts';
import { lengthOf } from '../lanes.ts';
import { langOf, markup } from './markup.ts';
import type { Markup } from './markup.ts';

function facts(report: Report, language: ReportLanguage): Markup {
  const { recording, playback } = report;
  const size = recording.video
    ? `${playback?.width ?? recording.video.width} × ${playback?.height ?? recording.video.height}`
    : language.noPicture;
  return markup`<ul class="facts"><li><time datetime="${report.createdAt}">${formatDate(report.createdAt, language)}</time></li><li>${clock(lengthOf(report))} ${language.length}${
    recording.truncated ? ` (${language.truncated})` : null
  }</li><li>${size}</li>${recording.audio ? null : markup`<li>${language.noSound}</li>`}</ul>`;
}

/** The question, the date, whether all was there, and what was not. */
export function masthead(report: Report, language: ReportLanguage): Markup {
  const problems = report.problems.map(({ code, message }) => {
    const said = sentenceOf(message, language);
    return markup`<li><span dir="auto"${langOf(said)}>${said.text}</span> <code>${code}</code></li>`;
  });
  return markup`<header class="masthead"><div class="brand-row"><p class="brand"><svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true" focusable="false"><rect width="22" height="22" rx="6"/><circle cx="11" cy="11" r="4.5"/></svg>${language.product} <span>${language.report}</span></p><p class="status status-${report.status}">${language.status[report.status]}</p></div>
<h1 dir="auto">${report.question ?? language.noQuestion}</h1>
${facts(report, language)}
${
  problems.length > 0
    ? markup`<section class="problems" aria-labelledby="problems-title"><h2 id="problems-title">${language.problems}</h2><ul>${problems}</ul></section>`
    : null
}</header>`;
}

/** How the files were made, the fingerprint, and what Greenroom never measures. */
export function colophon(report: Report, language: ReportLanguage): Markup {
  const { playback, measurements, recording } = report;
  return markup`<footer class="colophon"><h2>${language.about}</h2>
<p>${playback ? language.method[playback.method] : language.noPlayback}${
    measurements.vision ? ` ${language.facesBy(measurements.vision.provider)}` : null
  }</p>
<p>${language.notMeasuredEver}</p>
<p class="fine">${language.product} · ${language.madeBy(report.version)} · <code>${report.recordId}</code><br>${language.fingerprint} <code>${recording.sha256}</code></p>
</footer>`;
}
