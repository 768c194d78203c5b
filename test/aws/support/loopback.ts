// How does a test get a server of its own on this machine?
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface LoopbackRequest {
  readonly method: string;
  /** As it was asked for, on this server. */
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  /** Every value of every header. */
  readonly headersDistinct: IncomingMessage['headersDistinct'];
  readonly body: Buffer;
}

export interface LoopbackAnswer {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string | Uint8Array;
}

export interface Loopback {
  /** `http://127.0.0.1:PORT`, with the host name that was wanted. */
  readonly origin: string;
  readonly close: () => Promise<void>;
}

async function readRequest(incoming: IncomingMessage, origin: string): Promise<LoopbackRequest> {
  const { method = 'GET', url = '/', headers, headersDistinct } = incoming;
  return { method, url: new URL(url, origin), headers, headersDistinct, body: await buffer(incoming) };
}

/** Listens on 127.0.0.1 only; an answer that throws is 500 with its reason. */
export async function openLoopback(
  answer: (request: LoopbackRequest) => Promise<LoopbackAnswer>,
  hostName = '127.0.0.1',
): Promise<Loopback> {
  const originOf = (port: number): string => `http://${hostName}:${String(port)}`;
  const respond = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const {
      status,
      headers = {},
      body,
    } = await answer(await readRequest(incoming, origin)).catch((error: unknown): LoopbackAnswer => ({
      status: 500,
      body: String(error),
    }));
    response.writeHead(status, headers).end(body);
  };
  const server = createServer((incoming, response) => {
    respond(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = originOf((server.address() as AddressInfo).port);
  return {
    origin,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
