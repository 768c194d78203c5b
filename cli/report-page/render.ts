// How does a report become one HTML page that needs nothing but a browser?
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Report } from '../../domain/report.ts';
import type { ReportLanguage } from '../report-language.ts';
import { languages } from '../report-language.ts';
import { assessmentSection } from './assessment.ts';
import { figures } from './figures.ts';
import { lengthOf } from './lanes.ts';
import { jsonData, Markup, markup } from './markup.ts';
import { colophon, masthead } from './masthead.ts';
import type { ReportMedia } from './player.ts';
import { dataUri, playerSection } from './player.ts';
import { storyboardSheet, timeline } from './timeline.ts';
import { transcriptSection } from './transcript.ts';

const styleFiles = ['page', 'player', 'timeline', 'figures', 'assessment', 'print'];
/** In an order in which every file stands after those that it imports. */
const scriptFiles = ['player', 'timeline', 'transcript', 'page'];

const readBeside = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), 'utf8');

const readAll = (folder: string, names: readonly string[], extension: string): Promise<string[]> =>
  Promise.all(names.map((name) => readBeside(`./${folder}/${name}.${extension}`)));

/** The modules as one: the imports among them go, because all stand in one scope. */
const joinModules = (modules: readonly string[]): string =>
  modules
    .map((module) =>
      module.replaceAll(/^import [^;]+;\n/gm, '').replaceAll(/^export (?=const|function)/gm, ''),
    )
    .join('\n');

const hashSource = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing is fetched from anywhere; only our own script and style run, whatever a report says. */
const contentPolicy = (script: string, style: string): string =>
  [
    "default-src 'none'",
    `script-src ${hashSource(script)}`,
    `style-src ${hashSource(style)}`,
    'img-src data:',
    "media-src data: file: 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 22 22'%3E%3Crect width='22' height='22' rx='6' fill='%230f6b52'/%3E%3Ccircle cx='11' cy='11' r='4.5' fill='%23fff'/%3E%3C/svg%3E";

async function content(report: Report, media: ReportMedia, language: ReportLanguage): Promise<Markup> {
  const { storyboard } = report;
  const sheet =
    storyboard && media.storyboard
      ? storyboardSheet(storyboard, await dataUri(media.storyboard, 'image'))
      : null;
  return markup`${sheet}<div class="page">${masthead(report, language)}<main>
<div class="watch">${await playerSection(report, media, language)}${transcriptSection(report, language)}</div>
${timeline(report, language, { hasStoryboard: sheet !== null })}
${assessmentSection(report, language)}
${figures(report, language)}
</main>${colophon(report, language)}</div>`;
}

/**
 * One self-contained page: opens from the file system, asks no server for anything, and shows every text of
 * the report as text. The video is inside up to 16 MiB, else it is expected beside the page under its own name.
 * Rejects when a file named in `media` cannot be read.
 */
export async function renderReportPage(report: Report, media: ReportMedia): Promise<string> {
  const language = languages.en;
  const [styles, scripts] = await Promise.all([
    readAll('style', styleFiles, 'css'),
    readAll('browser', scriptFiles, 'js'),
  ]);
  const style = styles.join('\n');
  const script = joinModules(scripts);
  const data = jsonData({ lengthSeconds: lengthOf(report), storyboard: report.storyboard });
  const page = markup`<!doctype html>
<html lang="${language.tag}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(contentPolicy(script, style))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${report.question ?? language.noQuestion} · ${language.product}</title>
<link rel="icon" href="${new Markup(icon)}">
<style>${new Markup(style)}</style>
</head>
<body>
${await content(report, media, language)}
<script type="application/json" id="data">${data}</script>
<script type="module">${new Markup(script)}</script>
</body>
</html>
`;
  return page.text;
}
