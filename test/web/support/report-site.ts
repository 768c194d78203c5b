// How does a test show the app a report that it made up? A server with the built app, one record and its files.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Report } from '../../../domain/report.ts';

const app = new URL('../../../dist/web', import.meta.url).pathname;
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; base-uri 'none'";
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.mp4': 'video/mp4',
  '.jpg': 'image/jpeg',
};

/** A video and a storyboard as the pipeline would make them, in `folder`. */
export function makeMedia(folder: string, seconds: number): void {
  const ffmpeg = (line: string, output: string): Buffer =>
    execFileSync('ffmpeg', [...`-v error -y ${line}`.split(' '), join(folder, output)]);
  const sources = `-f lavfi -i testsrc=s=320x180:r=5:d=${seconds} -f lavfi -i sine=r=48000:d=${seconds}`;
  const codecs = '-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -movflags +faststart';
  ffmpeg(`${sources} ${codecs}`, 'playback.mp4');
  ffmpeg(
    `-i ${join(folder, 'playback.mp4')} -vf fps=1/2,scale=160:90,tile=10x2 -frames:v 1`,
    'storyboard.jpg',
  );
}

const recordOf = (report: Report) => ({
  recordId: report.recordId,
  status: report.status,
  createdAt: report.createdAt,
  updatedAt: report.createdAt,
  fileName: '"><img src=x>.webm',
  question: report.question,
  language: null,
  sizeBytes: 1,
  sessionId: null,
  problems: report.problems,
  keepUntil: null,
  summary: null,
  contentType: 'video/webm',
  consent: null,
  hasReport: true,
  hasRun: false,
  progress: null,
});

function sendFile(request: IncomingMessage, response: ServerResponse, path: string): void {
  const { size } = statSync(path);
  const [, from = '0', to = ''] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? [];
  const [start, end] = [Number(from), to === '' ? size - 1 : Number(to)];
  response.writeHead(request.headers.range === undefined ? 200 : 206, {
    'content-type': types[extname(path)] ?? 'application/octet-stream',
    'content-length': end - start + 1,
    'content-range': `bytes ${start}-${end}/${size}`,
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
    'content-security-policy': policy,
  });
  createReadStream(path, { start, end }).pipe(response);
}

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

/** A host of the app that shows `report`; `endAddresses` makes every address that was given out invalid. */
export async function startReportSite(folder: string, report: Report) {
  let generation = 0;
  const downloads = () => {
    const files = Object.entries({
      report: 'report.json',
      playback: 'playback.mp4',
      storyboard: 'storyboard.jpg',
    });
    const signed = files.map(([name, file]) => [name, `/files/${file}?signed=${generation}`]);
    return { expiresAt: new Date(Date.now() + 300_000).toISOString(), files: Object.fromEntries(signed) };
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site');
    if (pathname === '/config.json') return json(response, 200, { identity: { kind: 'local-session' } });
    if (pathname.endsWith('/downloads')) return json(response, 201, downloads());
    if (pathname === '/api/records')
      return json(response, 200, { records: [recordOf(report)], nextCursor: null });
    if (pathname.startsWith('/api/records/')) return json(response, 200, recordOf(report));
    if (pathname === '/api/question-sets') return json(response, 200, { questionSets: [] });
    if (pathname.startsWith('/api/')) return json(response, 404, { code: 'NOT_FOUND', detail: '' });
    if (!pathname.startsWith('/files/')) {
      const path = join(app, pathname);
      return sendFile(
        request,
        response,
        extname(path) !== '' && existsSync(path) ? path : join(app, 'index.html'),
      );
    }
    if (searchParams.get('signed') !== String(generation)) return json(response, 403, {});
    if (pathname === '/files/report.json') return json(response, 200, report);
    return sendFile(request, response, join(folder, pathname.replace('/files/', '')));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    signInUrl: `${url}/#token=0123456789abcdef0123`,
    endAddresses: () => void (generation += 1),
    end: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What a page’s accessibility checker finds that is serious. */
export const readAxe = (): Promise<string> =>
  readFile(new URL('../../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
