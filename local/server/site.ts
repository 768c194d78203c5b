// How does the app reach the browser? The files of `dist/web`, and for every page of the app its one index.html.
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { siteConfigSchema } from '../../domain/api/site-config.ts';
import { siteContentTypes } from '../../domain/site-content-types.ts';
import { siteHeaders } from '../../domain/site-headers.ts';
import { apiBase } from '../services.ts';
import { problemResponse } from './answers.ts';

const headers = siteHeaders({ connect: [], media: [], form: [], isEncrypted: false });

/** The name of such a file changes with its content. */
const hashedFolder = 'assets/';

/** What the app must know about this host. */
const config = siteConfigSchema.parse({ apiUrl: apiBase, identity: { kind: 'local-session' } });

export interface Site {
  /** Answers GET and HEAD of everything that is not the API; `path` as it came, still encoded. */
  readonly answer: (path: string, ask: SiteRequest) => Promise<Response>;
}

export interface SiteRequest {
  readonly isHead: boolean;
  readonly ifNoneMatch: string | undefined;
}

/** The files of a folder, looked up by name only: no path of a request ever reaches the file system. */
function createListing(folder: string) {
  let listed: { readonly builtMs: number; readonly names: ReadonlySet<string> } | null = null;
  return async (): Promise<ReadonlySet<string> | null> => {
    const index = await stat(join(folder, 'index.html')).catch(() => null);
    if (!index) return null;
    if (listed?.builtMs !== index.mtimeMs) {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile());
      const names = files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
      listed = { builtMs: index.mtimeMs, names: new Set(names) };
    }
    return listed.names;
  };
}

/** The path as text, or `null` for one that no page of ours links to: badly encoded, or pointing elsewhere. */
function nameOf(path: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return null;
  }
  const parts = decoded.slice(1).split('/');
  const isOdd = /[\u0000-\u001f\u007f\\]/.test(decoded) || !decoded.startsWith('/');
  const pointsElsewhere = parts.some((part, index) => /^\.\.?$/.test(part) || (part === '' && index > 0));
  return isOdd || (pointsElsewhere && decoded !== '/') ? null : parts.join('/');
}

async function fileResponse(folder: string, name: string, { isHead, ifNoneMatch }: SiteRequest) {
  const bytes = await readFile(join(folder, name));
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
  const all = {
    ...headers,
    etag,
    'content-type': siteContentTypes[extname(name)] ?? 'application/octet-stream',
    'cache-control': name.startsWith(hashedFolder) ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  if (ifNoneMatch === etag) return new Response(null, { status: 304, headers: all });
  const sized = { ...all, 'content-length': String(bytes.length) };
  return new Response(isHead ? null : bytes, { headers: sized });
}

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Greenroom</title>
<h1>The app has not been built yet</h1>
<p>Start Greenroom with <code>./greenroom start</code>, which builds it, or run <code>node scripts/build-web.ts</code> and reload this page.</p>
</html>`;

/** The site of the built app in `folder`, with the headers that the deployed one has. */
export function createSite(folder: string): Site {
  const list = createListing(folder);
  return {
    answer: async (path, ask) => {
      if (path === '/config.json')
        return Response.json(config, { headers: { ...headers, 'cache-control': 'no-cache' } });
      const name = nameOf(path);
      if (name === null) return problemResponse('NOT_FOUND');
      const names = await list();
      if (!names) {
        const html = {
          ...headers,
          'content-type': siteContentTypes['.html'] ?? '',
          'cache-control': 'no-store',
        };
        return new Response(ask.isHead ? null : notBuilt, { status: 503, headers: html });
      }
      if (names.has(name)) return fileResponse(folder, name, ask);
      // Pages are made by the app; what has an extension would be a file.
      if (extname(name) !== '') return problemResponse('NOT_FOUND');
      return fileResponse(folder, 'index.html', ask);
    },
  };
}
