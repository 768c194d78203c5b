// What lies between a client and the server in the tests of faults? A real connection that breaks as it is told.
import {
  createServer,
  request as connect,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** What happens to one request. */
export type Fault =
  /** The server never sees it; this is its answer. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: string;
      readonly headers?: { readonly [name: string]: string };
    }
  /** The connection breaks while the request is still on its way. */
  | { readonly kind: 'cut request' }
  /** The server does what it is asked to do, but its answer is lost. */
  | { readonly kind: 'lose answer' }
  /** The connection breaks in the middle of the answer. */
  | { readonly kind: 'cut answer' }
  /** The second half of the answer never comes. */
  | { readonly kind: 'stall answer' }
  /** The answer comes byte by byte, for hours. */
  | { readonly kind: 'drip answer' }
  /** A byte of the answer arrives as another one. */
  | { readonly kind: 'spoil answer' }
  /** Nobody ever answers. */
  | { readonly kind: 'silence' }
  /** The answer begins, letter by letter, and never gets to its end. */
  | { readonly kind: 'drip' };

export interface Request {
  /** From 0, over all requests. */
  readonly index: number;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** What the client takes the server for. */
  readonly host: string | undefined;
}

export interface BadNetwork {
  readonly endpoint: string;
  /** Every request that arrived, in order. */
  readonly requests: readonly Request[];
  close(): Promise<void>;
}

async function forward(
  incoming: IncomingMessage,
  body: Buffer,
  target: URL,
): Promise<[IncomingMessage, Buffer]> {
  const { method, url, headers } = incoming;
  return new Promise((resolve, reject) => {
    const { hostname, port } = target;
    const outgoing = connect({ hostname, port, method, path: url, headers }, (answer) => {
      buffer(answer).then((bytes) => resolve([answer, bytes]), reject);
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

function spoiled(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[Math.floor(copy.length / 2)] = (copy[Math.floor(copy.length / 2)] ?? 0) ^ 0xff;
  return copy;
}

/** Sends half of the answer, then breaks the connection, or keeps it open and says no more. */
function sendHalf(answer: ServerResponse, bytes: Buffer, isCut: boolean): void {
  answer.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
    if (isCut) answer.destroy();
  });
}

function dripOn(stream: Writable): void {
  const timer = setInterval(() => stream.write('.'), 50);
  stream.once('close', () => clearInterval(timer));
}

function drip({ socket }: IncomingMessage): void {
  socket.write('HTTP/1.1 200 OK\r\nx-drip: ');
  dripOn(socket);
}

async function pass(incoming: IncomingMessage, answer: ServerResponse, target: URL, fault: Fault | null) {
  const [{ statusCode = 502, headers }, bytes] = await forward(incoming, await buffer(incoming), target);
  if (fault?.kind === 'lose answer') return void answer.destroy();
  answer.writeHead(statusCode, headers);
  if (fault?.kind === 'cut answer' || fault?.kind === 'stall answer')
    return sendHalf(answer, bytes, fault.kind === 'cut answer');
  if (fault?.kind === 'drip answer') return dripOn(answer);
  answer.end(fault?.kind === 'spoil answer' ? spoiled(bytes) : bytes);
}

async function serve(incoming: IncomingMessage, answer: ServerResponse, target: URL, fault: Fault | null) {
  if (fault?.kind === 'silence') return;
  if (fault?.kind === 'drip') return drip(incoming);
  if (fault?.kind === 'cut request') {
    // The first bytes have arrived when they are read.
    incoming.once('data', () => incoming.destroy());
    if (incoming.headers['content-length'] === undefined) incoming.destroy();
  } else if (fault?.kind === 'answer') {
    await buffer(incoming);
    answer.writeHead(fault.status, fault.headers).end(fault.body);
  } else await pass(incoming, answer, target, fault);
}

/** A server on this machine that passes everything on to `target`, but for what `faultFor` says. */
export async function openBadNetwork(
  target: string,
  faultFor: (request: Request) => Fault | null,
): Promise<BadNetwork> {
  const requests: Request[] = [];
  const server: Server = createServer((incoming, answer) => {
    const { method = '', url = '', headers } = incoming;
    const request = { index: requests.length, method, url, host: headers.host };
    requests.push(request);
    serve(incoming, answer, new URL(target), faultFor(request)).catch(() => answer.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
