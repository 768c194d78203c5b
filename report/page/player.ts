// How does the video get into the page? Inside it while it can be mailed, else from the file beside it.
import type { Report } from '../../domain/report.ts';
import { sentenceOf } from '../catalogue.ts';
import { clock } from '../format.ts';
import type { ReportLanguage } from '../language.ts';
import { Markup, markup } from './markup.ts';

/** A larger video stays a file of its own: mail servers refuse more than about 25 MB. */
export const largestEmbeddedBytes = 16 * 1024 ** 2;

/** What a page shows beside its texts; `null` or left out where there is none. */
export interface PageMedia {
  readonly video?: {
    /** The bytes, when they go into the page. */
    readonly inside: Markup | null;
    /** Name of the file beside the page. */
    readonly fileName: string;
  } | null;
  readonly poster?: Markup | null;
  readonly storyboard?: Markup | null;
  /** WebVTT. */
  readonly captions?: Markup | null;
}

/** The bytes as a `data:` URI. Nothing in base64 needs escaping, and looking for it would copy megabytes. */
export const dataUri = (
  type: 'video/mp4' | 'text/vtt' | 'image/jpeg' | 'image/webp',
  base64: string,
): Markup => new Markup(`data:${type};base64,${base64}`);

/** The type of a picture, told from its first bytes. */
export const imageType = (bytes: Uint8Array): 'image/webp' | 'image/jpeg' =>
  String.fromCharCode(...bytes.subarray(8, 12)) === 'WEBP' ? 'image/webp' : 'image/jpeg';

/** The section with the player; without a video it says that there is none. */
export function playerSection(report: Report, media: PageMedia, language: ReportLanguage): Markup {
  const { video, poster = null, captions = null } = media;
  const head = markup`<h2 class="unseen" id="player-title">${language.player}</h2>`;
  if (!video) {
    const picture = poster ? markup`<img src="${poster}" alt="">` : null;
    return markup`<section class="card player" aria-labelledby="player-title">${head}<div class="frame is-empty">${picture}<p>${language.noVideo}</p></div></section>`;
  }
  // A path that stays in the page’s folder whatever the name holds.
  const beside = `./${encodeURIComponent(video.fileName)}`;
  const track = captions
    ? markup`<track kind="captions" label="${language.captions}" srclang="${report.transcript?.language ?? 'en'}" src="${captions}">`
    : null;
  const shape = markup`width="${report.playback?.width ?? 640}" height="${report.playback?.height ?? 90}"`;
  const note = video.inside ? language.videoInside : language.videoBeside(video.fileName);
  return markup`<section class="card player" aria-labelledby="player-title">${head}<div class="frame"><video id="video" controls playsinline preload="metadata" ${shape} ${poster ? markup`poster="${poster}"` : null} aria-label="${language.playerAlone}" data-beside="${beside}" src="${video.inside ?? beside}">${track}${language.videoFailed}</video></div>
<p class="hint">${note}${
    report.poster && poster
      ? markup` <span>${language.posterFrom(clock(report.poster.atSeconds), sentenceOf(report.poster.reason, language).text)}</span>`
      : null
  }</p><p class="problem-line" id="video-problem" role="status" hidden>${language.videoFailed}</p></section>`;
}
