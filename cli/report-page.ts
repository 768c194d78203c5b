// How does a report in a folder become a page beside it?
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Report } from '../domain/report.ts';
import { english } from '../report/language.ts';
import { joinAssets, scriptFiles, styleFiles } from '../report/page/assets.ts';
import type { PageMedia } from '../report/page/player.ts';
import { dataUri, imageType, largestEmbeddedBytes } from '../report/page/player.ts';
import { renderPage } from '../report/page/render.ts';

/** Files of the report on this machine; `null` or left out where there is none. */
export interface ReportMedia {
  readonly video?: string | null;
  readonly poster?: string | null;
  readonly storyboard?: string | null;
  /** WebVTT. */
  readonly captions?: string | null;
}

const readParts = (folder: string, names: readonly string[], extension: string): Promise<string[]> =>
  Promise.all(
    names.map((name) =>
      readFile(new URL(`../report/page/${folder}/${name}.${extension}`, import.meta.url), 'utf8'),
    ),
  );

type Uri = ReturnType<typeof dataUri>;

async function imageUri(path: string | null | undefined): Promise<Uri | null> {
  if (!path) return null;
  const bytes = await readFile(path);
  return dataUri(imageType(bytes), bytes.toString('base64'));
}

const fileUri = async (path: string, type: 'video/mp4' | 'text/vtt'): Promise<Uri> =>
  dataUri(type, await readFile(path, 'base64'));

async function readVideo(path: string): Promise<NonNullable<PageMedia['video']>> {
  const isInside = (await stat(path)).size <= largestEmbeddedBytes;
  return { fileName: basename(path), inside: isInside ? await fileUri(path, 'video/mp4') : null };
}

/**
 * The page, in English. The video is inside up to 16 MiB, else it is expected beside the page under its own name.
 * Rejects when a file named in `media` cannot be read.
 */
export async function renderReportPage(report: Report, media: ReportMedia): Promise<string> {
  const [styles, scripts] = await Promise.all([
    readParts('style', styleFiles, 'css'),
    readParts('browser', scriptFiles, 'js'),
  ]);
  return renderPage(report, {
    language: english,
    assets: joinAssets(styles, scripts),
    media: {
      video: media.video ? await readVideo(media.video) : null,
      poster: await imageUri(media.poster),
      storyboard: await imageUri(media.storyboard),
      captions: media.captions ? await fileUri(media.captions, 'text/vtt') : null,
    },
  });
}
