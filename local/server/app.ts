// What does the local server answer? The API, uploads and downloads under `/api`, and the app everywhere else.
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { emptyAnswer } from '../../handlers/support/http.ts';
import { apiBase } from '../services.ts';
import { problemResponse, refusalResponse, RequestRefused, responseOf } from './answers.ts';
import { addApiRoutes, type ApiOptions, type LocalApp } from './api-routes.ts';
import { sendFile, type DownloadOptions } from './downloads.ts';
import type { Site } from './site.ts';
import { createUploads, type UploadOptions } from './uploads.ts';

export interface AppOptions extends ApiOptions {
  readonly uploads: UploadOptions;
  readonly downloads: DownloadOptions;
  readonly site: Site;
}

/** Where recordings are sent, as the signed forms say. */
export const uploadPath = `${apiBase}/uploads`;

const onlyBy = (...methods: readonly string[]) =>
  problemResponse('METHOD_NOT_ALLOWED', { headers: { allow: methods.join(', ') } });

function addFiles(api: LocalApp, { uploads, downloads }: AppOptions): void {
  const receive = createUploads(uploads);
  api.post('/uploads', async (c) => {
    await receive(c.env.incoming);
    return responseOf(emptyAnswer);
  });
  api.all('/uploads', () => onlyBy('POST'));
  // Hono answers HEAD by GET and throws the body away: here it must not be opened.
  api.get('/files/:name', (c) => sendFile(c.env.incoming, new URL(c.req.url).searchParams, downloads));
  api.all('/files/:name', () => onlyBy('GET', 'HEAD'));
}

/** The whole server but its socket. */
export function createApp(options: AppOptions): LocalApp {
  const api: LocalApp = new Hono();
  addFiles(api, options);
  addApiRoutes(api, options);
  const app: LocalApp = new Hono();
  app.route(apiBase, api);
  app.all(`${apiBase}/*`, () => problemResponse('NOT_FOUND'));
  app.get('*', (c) => {
    const { incoming } = c.env;
    const path = (incoming.url ?? '/').split('?', 1)[0] ?? '/';
    const ifNoneMatch = incoming.headers['if-none-match'];
    return options.site.answer(path, { isHead: incoming.method === 'HEAD', ifNoneMatch });
  });
  app.all('*', () => onlyBy('GET', 'HEAD'));
  app.onError((error) => {
    if (error instanceof RequestRefused) return refusalResponse(error);
    if (error instanceof HTTPException) return problemResponse('INVALID_REQUEST');
    options.context.log('request failed', { error: String(error) });
    return problemResponse('INTERNAL');
  });
  return app;
}
