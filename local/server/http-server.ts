// How does the server listen, so that slow, large and foreign requests cost the others nothing?
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { problemAnswer } from '../../handlers/support/http.ts';
import { apiBase } from '../services.ts';
import { createDoorkeeper, type Doorkeeper } from './doorkeeper.ts';

export interface ListenOptions {
  /** 0 for any that is free. */
  readonly port: number;
  readonly fetch: Parameters<typeof getRequestListener>[0];
  /** Whether a request may take as long as it likes to send its body, because whoever reads it looks after that. */
  readonly isLong: (path: string) => boolean;
  readonly limits?: Partial<Limits>;
}

export interface Limits {
  /** For the header of a request; default 10 s. */
  readonly headersMs: number;
  /** For the body of a request that is not long; default 15 s. */
  readonly bodyMs: number;
  /** How long the rest of a request is read and thrown away after its answer; default 5 s. */
  readonly lingerMs: number;
}

export interface Listening {
  readonly port: number;
  /** What browsers call this server: `http://127.0.0.1:4310`. */
  readonly url: string;
  /** Takes no more requests; those under way get a second. */
  readonly close: () => Promise<void>;
}

const defaults: Limits = { headersMs: 10_000, bodyMs: 15_000, lingerMs: 5000 };

/** Far more than a page and its video need. */
const mostConnections = 256;
const mostHeaderBytes = 16 * 1024;

/** Nobody outside of this machine can reach it. */
const address = '127.0.0.1';

const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?', 1)[0] ?? '/';

/** Whether routes may take it for one of the API: they undo escapes and dots, and know absolute addresses. */
function isOfApi(path: string): boolean {
  try {
    const { pathname } = new URL(path.startsWith('/') ? `http://localhost${path}` : path);
    return `${decodeURIComponent(pathname)}/`.startsWith(`${apiBase}/`);
  } catch {
    // What cannot be read is kept from foreign pages.
    return true;
  }
}

function refuse(response: ServerResponse, detail: string): void {
  const { statusCode, headers, body } = problemAnswer('FORBIDDEN', { detail });
  const { 'strict-transport-security': _onlyEncrypted, ...plain } = headers;
  response.writeHead(statusCode, { ...plain, connection: 'close' }).end(body);
}

/** Cuts off who does not send a body in time, and who goes on sending after the answer. */
function limitBody(request: IncomingMessage, response: ServerResponse, { bodyMs, lingerMs }: Limits): void {
  const cut = (): void => {
    if (!request.complete) request.socket.destroy();
  };
  // A server that has been closed waits for nobody.
  const timer = setTimeout(cut, bodyMs).unref();
  request.once('close', () => clearTimeout(timer));
  linger(request, response, lingerMs);
}

/** A client that is still sending must be let finish for a moment, or it never reads the answer (RFC 9112, 9.6). */
function linger(request: IncomingMessage, response: ServerResponse, lingerMs: number): void {
  response.once('finish', () => {
    if (request.complete) return;
    request.unpipe();
    request.resume();
    const timer = setTimeout(() => request.socket.destroy(), lingerMs).unref();
    request.once('close', () => clearTimeout(timer));
  });
}

type Listener = ReturnType<typeof getRequestListener>;

function admit(
  doorkeeper: Doorkeeper,
  listener: Listener,
  { isLong, limits }: ListenOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const most = { ...defaults, ...limits };
  return (request, response) => {
    const path = pathOf(request);
    const refusal = doorkeeper.refusal(request.headersDistinct, isOfApi(path));
    if (refusal === null && isLong(path)) linger(request, response, most.lingerMs);
    else limitBody(request, response, most);
    if (refusal !== null) refuse(response, refusal);
    else void listener(request, response);
  };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen({ port, host: address, exclusive: true });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** @throws the system's error when the port cannot be had (`EADDRINUSE`, `EACCES`) */
export async function startListening(options: ListenOptions): Promise<Listening> {
  const { headersMs } = { ...defaults, ...options.limits };
  const server = createServer({
    headersTimeout: headersMs,
    // A recording may take long; bodies are limited one by one.
    requestTimeout: 0,
    connectionsCheckingInterval: Math.min(1000, headersMs),
    maxHeaderSize: mostHeaderBytes,
    keepAliveTimeout: 30_000,
  });
  server.maxConnections = mostConnections;
  const listener = getRequestListener(options.fetch, {
    overrideGlobalObjects: false,
    autoCleanupIncoming: false,
  });
  const port = await listen(server, options.port);
  server.on('request', admit(createDoorkeeper(port), listener, options));
  return {
    port,
    url: `http://${address}:${String(port)}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), 1000);
      await closed;
      clearTimeout(late);
    },
  };
}
