// How does a test answer an AWS client in the service's own words? A server on this machine, real sockets.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { clientOptions, type Patience } from '../../../services/aws/clients.ts';

export interface SeenCall {
  readonly url: string;
  /** The operation, as AWS JSON names it: `Transcribe.GetTranscriptionJob`. */
  readonly target: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

export type Reply = (response: ServerResponse, call: SeenCall, request: IncomingMessage) => unknown;

/** A success with this JSON. */
export const answers =
  (body: unknown, status = 200): Reply =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** An error of the service, as AWS JSON and REST-JSON put it. */
export const refuses =
  (status: number, name: string, message = 'the service says no'): Reply =>
  (response) =>
    response
      .writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': name })
      .end(JSON.stringify({ __type: name, message }));

export const hangsUp: Reply = (_response, _call, request) => request.socket.destroy();

export interface Loopback {
  /** What a client needs to call this server, and nobody else. */
  readonly options: (patience?: Patience) => ReturnType<typeof clientOptions> & {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly seen: SeenCall[];
  /** Answers in turn; when none is left, `otherwise`. */
  readonly replies: Reply[];
  otherwise: Reply;
  readonly close: () => void;
}

const quick: Patience = { requestMs: 2000, silenceMs: 2000 };

export async function openLoopback(): Promise<Loopback> {
  const seen: SeenCall[] = [];
  const replies: Reply[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const text = await readText(request);
      const target = request.headers['x-amz-target'];
      const call = {
        url: request.url ?? '',
        target: typeof target === 'string' ? target : undefined,
        body: text === '' ? {} : (JSON.parse(text) as SeenCall['body']),
      };
      seen.push(call);
      await (replies.shift() ?? loopback.otherwise)(response, call, request);
    })();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const endpoint = `http://127.0.0.1:${address.port}`;
  const loopback: Loopback = {
    options: (patience = quick) => ({
      ...clientOptions(patience),
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    }),
    seen,
    replies,
    otherwise: refuses(599, 'NothingToSay'),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return loopback;
}
