// How does a test run a server within its own process, with little patience?
import { join } from 'node:path';
import { readEnvironment } from '../../../local/environment.ts';
import { startServer } from '../../../local/server/start-server.ts';
import { withoutVision } from '../../interview/support/command-line.ts';

export type Inside = Awaited<ReturnType<typeof startInside>>;

/** A server on `<folder>/data` with the app of `<folder>/web`, whose process of the analyses is there. */
export async function startInside(folder: string) {
  const server = await startServer({
    folder: join(folder, 'data'),
    webFolder: join(folder, 'web'),
    port: 0,
    environment: readEnvironment(withoutVision),
    transcriber: { kind: 'none' },
    isVerbose: false,
    log: () => undefined,
    say: () => undefined,
    limits: { headersMs: 1000, bodyMs: 1000, lingerMs: 500, idleMs: 1000 },
  });
  await server.analyses.ready;
  const token = server.signInUrl.split('#token=')[1] ?? '';
  return {
    ...server,
    token,
    data: join(folder, 'data'),
    port: Number(new URL(server.url).port),
    ask: (method: string, path: string, body?: unknown): Promise<Response> =>
      fetch(`${server.url}/api${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}
