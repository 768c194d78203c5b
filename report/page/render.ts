// How does a report become one HTML page that needs nothing but a browser?
import type { Report } from '../../domain/report.ts';
import type { ReportLanguage } from '../language.ts';
import { lengthOf } from '../lanes.ts';
import { assessmentSection } from './assessment.ts';
import type { PageAssets } from './assets.ts';
import { figures } from './figures.ts';
import { jsonData, Markup, markup } from './markup.ts';
import { colophon, masthead } from './masthead.ts';
import type { PageMedia } from './player.ts';
import { playerSection } from './player.ts';
import { storyboardSheet, timeline } from './timeline.ts';
import { transcriptSection } from './transcript.ts';

async function hashSource(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
}

/** Nothing is fetched from anywhere; only our own script and style run, whatever a report says. */
const contentPolicy = async ({ script, style }: PageAssets): Promise<string> =>
  [
    "default-src 'none'",
    `script-src ${await hashSource(script)}`,
    `style-src ${await hashSource(style)}`,
    'img-src data:',
    "media-src data: file: 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 22 22'%3E%3Crect width='22' height='22' rx='6' fill='%230f6b52'/%3E%3Ccircle cx='11' cy='11' r='4.5' fill='%23fff'/%3E%3C/svg%3E";

function content(report: Report, media: PageMedia, language: ReportLanguage): Markup {
  const { storyboard } = report;
  const sheet = storyboard && media.storyboard ? storyboardSheet(storyboard, media.storyboard) : null;
  return markup`${sheet}<div class="page report">${masthead(report, language)}<main>
<div class="watch">${playerSection(report, media, language)}${transcriptSection(report, language)}</div>
${timeline(report, language, { hasStoryboard: sheet !== null })}
${assessmentSection(report, language)}
${figures(report, language)}
</main>${colophon(report, language)}</div>`;
}

export interface PageParts {
  readonly media: PageMedia;
  readonly assets: PageAssets;
  readonly language: ReportLanguage;
}

/**
 * One self-contained page: opens from the file system, asks no server for anything, and shows every text of
 * the report as text. Runs in Node and in a browser (where `crypto.subtle` needs a secure context).
 */
export async function renderPage(report: Report, { media, assets, language }: PageParts): Promise<string> {
  const data = jsonData({ lengthSeconds: lengthOf(report), storyboard: report.storyboard });
  const page = markup`<!doctype html>
<html lang="${language.tag}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(await contentPolicy(assets))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${report.question ?? language.noQuestion} · ${language.product}</title>
<link rel="icon" href="${new Markup(icon)}">
<style>${new Markup(assets.style)}</style>
</head>
<body>
${content(report, media, language)}
<script type="application/json" id="data">${data}</script>
<script type="module">${new Markup(assets.script)}</script>
</body>
</html>
`;
  return page.text;
}
