// How does the video get into the page? Inside it while it can be mailed, else from the file beside it.
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Report } from '../../domain/report.ts';
import { clock } from '../report-format.ts';
import type { ReportLanguage } from '../report-language.ts';
import { Markup, markup } from './markup.ts';

/** A larger video stays a file of its own: mail servers refuse more than about 25 MB. */
export const largestEmbeddedBytes = 16 * 1024 ** 2;

/** Files of the report on this machine; `null` or left out where there is none. */
export interface ReportMedia {
  readonly video?: string | null;
  readonly poster?: string | null;
  readonly storyboard?: string | null;
  /** WebVTT. */
  readonly captions?: string | null;
}

const types = { mp4: 'video/mp4', vtt: 'text/vtt', jpg: 'image/jpeg', webp: 'image/webp' } as const;

/** The file as a `data:` URI; an image’s type is told from its first bytes. */
export async function dataUri(path: string, kind: 'video' | 'image' | 'captions'): Promise<Markup> {
  const bytes = await readFile(path);
  const image = bytes.subarray(8, 12).toString('latin1') === 'WEBP' ? types.webp : types.jpg;
  const type = kind === 'video' ? types.mp4 : kind === 'captions' ? types.vtt : image;
  // Nothing in it needs escaping, and looking for it would copy megabytes.
  return new Markup(`data:${type};base64,${bytes.toString('base64')}`);
}

/** A path that stays in the page’s folder whatever the name holds. */
const besidePage = (path: string): string => `./${encodeURIComponent(basename(path))}`;

/** The section with the player. Rejects when a file that is named cannot be read. */
export async function playerSection(
  report: Report,
  media: ReportMedia,
  language: ReportLanguage,
): Promise<Markup> {
  const poster = media.poster ? await dataUri(media.poster, 'image') : null;
  const head = markup`<h2 class="unseen" id="player-title">${language.player}</h2>`;
  if (!media.video) {
    const picture = poster ? markup`<img src="${poster}" alt="">` : null;
    return markup`<section class="card player" aria-labelledby="player-title">${head}<div class="frame is-empty">${picture}<p>${language.noVideo}</p></div></section>`;
  }
  const isInside = (await stat(media.video)).size <= largestEmbeddedBytes;
  const beside = besidePage(media.video);
  const source = isInside ? await dataUri(media.video, 'video') : beside;
  const captions = media.captions
    ? markup`<track kind="captions" label="${language.captions}" srclang="${report.transcript?.language ?? 'en'}" src="${await dataUri(media.captions, 'captions')}">`
    : null;
  const shape = markup`width="${report.playback?.width ?? 640}" height="${report.playback?.height ?? 90}"`;
  const note = isInside ? language.videoInside : language.videoBeside(basename(media.video));
  return markup`<section class="card player" aria-labelledby="player-title">${head}<div class="frame"><video id="video" controls playsinline preload="metadata" ${shape} ${poster ? markup`poster="${poster}"` : null} aria-label="${language.playerAlone}" data-beside="${beside}" src="${source}">${captions}${language.videoFailed}</video></div>
<p class="hint">${note}${
    report.poster && poster
      ? markup` <span>${language.posterFrom(clock(report.poster.atSeconds), report.poster.reason)}</span>`
      : null
  }</p><p class="problem-line" id="video-problem" role="status" hidden>${language.videoFailed}</p></section>`;
}
