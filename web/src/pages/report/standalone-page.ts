// How does the browser make the same self-contained page of a report as the command line?
import type { Report } from '../../../../domain/report.ts';
import type { ReportLanguage } from '../../../../report/language.ts';
import { joinAssets, scriptFiles, styleFiles } from '../../../../report/page/assets.ts';
import { dataUri, imageType, largestEmbeddedBytes } from '../../../../report/page/player.ts';
import { renderPage } from '../../../../report/page/render.ts';
import type { ReportFiles } from './use-report.ts';

const textsOf = (
  files: Readonly<Record<string, string>>,
  names: readonly string[],
  extension: string,
): string[] =>
  names.map((name) => {
    const [, text] = Object.entries(files).find(([path]) => path.endsWith(`/${name}.${extension}`)) ?? [];
    if (text === undefined) throw new Error(`The page’s ${name}.${extension} is not here.`);
    return text;
  });

/** The files as text, put into this module when the app is built. */
const styles = import.meta.glob<string>('../../../../report/page/style/*.css', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const scripts = import.meta.glob<string>('../../../../report/page/browser/*.js', {
  query: '?raw',
  import: 'default',
  eager: true,
});

type Uri = ReturnType<typeof dataUri>;

/** The bytes of a file, or `null` when it is not there, too large, or did not come: the page does without. */
async function bytesOf(address: string | undefined, mostBytes = Infinity): Promise<Uint8Array | null> {
  if (address === undefined) return null;
  try {
    const response = await fetch(address, { credentials: 'omit' });
    if (!response.ok || Number(response.headers.get('content-length') ?? 0) > mostBytes) {
      await response.body?.cancel();
      return null;
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    return bytes.length > mostBytes ? null : bytes;
  } catch {
    return null;
  }
}

/** Base64 in pieces: a call takes only so many arguments. */
function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(binary);
}

const imageUri = (bytes: Uint8Array | null): Uri | null =>
  bytes && dataUri(imageType(bytes), base64Of(bytes));

/** One HTML file that opens without a network. The video is inside up to 16 MiB; beyond that only its picture is. */
export async function renderStandalone(
  report: Report,
  files: ReportFiles,
  language: ReportLanguage,
): Promise<string> {
  const [video, poster, storyboard, captions] = await Promise.all([
    bytesOf(files.playback, largestEmbeddedBytes),
    bytesOf(files.poster),
    bytesOf(files.storyboard),
    bytesOf(files.captions),
  ]);
  return renderPage(report, {
    language,
    assets: joinAssets(textsOf(styles, styleFiles, 'css'), textsOf(scripts, scriptFiles, 'js')),
    media: {
      video: video && {
        inside: dataUri('video/mp4', base64Of(video)),
        fileName: report.files.playback ?? '',
      },
      poster: imageUri(poster),
      storyboard: imageUri(storyboard),
      captions: captions && dataUri('text/vtt', base64Of(captions)),
    },
  });
}
