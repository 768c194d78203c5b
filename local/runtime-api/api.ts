// What does Lambda say to the runtime inside one sandbox? The Runtime API of 2018-06-01 over HTTP on loopback.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  answerTooLarge,
  maximumAnswerBytes,
  readFunctionError,
  type FunctionError,
  type Outcome,
} from './outcome.ts';

/** One event on its way to the runtime. */
export interface Delivery {
  readonly requestId: string;
  readonly functionArn: string;
  /** When Lambda kills the function, in ms since 1970. */
  readonly deadlineMs: number;
  readonly traceId: string;
  readonly event: Buffer;
}

/** Whoever watches the runtime; every method is called at most once per delivery or start. */
export interface RuntimeWatcher {
  /** The runtime asks for an event: its start is over, or its last call. */
  readonly onReady: () => void;
  readonly onOutcome: (requestId: string, outcome: Outcome) => void;
  /** The runtime could not start; it exits after this. */
  readonly onInitError: (error: FunctionError) => void;
}

export interface RuntimeApi {
  /** `127.0.0.1:port`, the value of AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** Hands an event to the runtime that is ready. */
  readonly deliver: (delivery: Delivery) => void;
  readonly close: () => Promise<void>;
}

const prefix = '/2018-06-01/runtime/';

function reply(response: ServerResponse, status: number, document: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(document));
}
const accept = (response: ServerResponse): void => reply(response, 202, { status: 'OK' });
const refuse = (response: ServerResponse, status: number, errorType: string, errorMessage: string): void =>
  reply(response, status, { errorType, errorMessage });

/** The body, or `null` when it is larger than Lambda takes; it is read to its end all the same. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maximumAnswerBytes) chunks.push(chunk);
  }
  return bytes > maximumAnswerBytes ? null : Buffer.concat(chunks);
}

/** What the runtime waits for and works on. */
class Conversation {
  #asking: ServerResponse | null = null;
  #working: string | null = null;
  readonly #watcher: RuntimeWatcher;

  constructor(watcher: RuntimeWatcher) {
    this.#watcher = watcher;
  }

  ask(response: ServerResponse): void {
    this.#asking = response;
    this.#watcher.onReady();
  }

  deliver({ requestId, functionArn, deadlineMs, traceId, event }: Delivery): void {
    this.#asking?.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': requestId,
      'lambda-runtime-deadline-ms': String(deadlineMs),
      'lambda-runtime-invoked-function-arn': functionArn,
      'lambda-runtime-trace-id': traceId,
    });
    this.#asking?.end(event);
    this.#asking = null;
    this.#working = requestId;
  }

  /** `false` for a call that this runtime does not work on, or has answered before. */
  settle(requestId: string, outcome: Outcome): boolean {
    if (this.#working !== requestId) return false;
    this.#working = null;
    this.#watcher.onOutcome(requestId, outcome);
    return true;
  }

  initFailed(error: FunctionError): void {
    this.#watcher.onInitError(error);
  }
}

async function post(
  talk: Conversation,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  if (path === 'init/error') {
    talk.initFailed(readFunctionError(body ?? Buffer.from('the error is too large')));
    return accept(response);
  }
  const [, requestId = '', kind] = /^invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
  if (kind === undefined) return refuse(response, 404, 'NotFound', path);
  const isTooLarge = body === null;
  const outcome: Outcome = isTooLarge
    ? { error: answerTooLarge }
    : kind === 'response'
      ? { payload: body }
      : { error: readFunctionError(body) };
  if (!talk.settle(requestId, outcome))
    return refuse(response, 400, 'InvalidRequestID', 'Invalid request ID');
  if (!isTooLarge) return accept(response);
  const limit = String(maximumAnswerBytes);
  return refuse(
    response,
    413,
    'RequestEntityTooLarge',
    `Exceeded maximum allowed payload size (${limit} bytes).`,
  );
}

async function route(talk: Conversation, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url = '/' } = request;
  const path = url.startsWith(prefix) ? url.slice(prefix.length) : null;
  if (path === null) return refuse(response, 404, 'NotFound', url);
  if (method === 'GET' && path === 'invocation/next') return talk.ask(response);
  if (method === 'POST') return post(talk, path, request, response);
  return refuse(response, 405, 'MethodNotAllowed', `${String(method)} ${url}`);
}

/** Opens the API for one runtime. A response that is streamed arrives here as one that is not: Lambda's own buffer. */
export async function openRuntimeApi(watcher: RuntimeWatcher): Promise<RuntimeApi> {
  const talk = new Conversation(watcher);
  const server = createServer((request, response) => {
    route(talk, request, response).catch((error: unknown) => {
      // The runtime broke off; whoever watches its process learns why.
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  // A runtime may wait for its next event for hours.
  server.requestTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${String(port)}`,
    deliver: (delivery) => talk.deliver(delivery),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}
