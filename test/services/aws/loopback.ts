// How does a test answer an AWS client in the service's own words? A server on this machine, real sockets.
import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { Readable } from 'node:stream';
import { text as readText } from 'node:stream/consumers';

export interface SeenCall {
  readonly url: string;
  /** The operation, as AWS JSON names it: `Transcribe.GetTranscriptionJob`. */
  readonly target: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Line {
  readonly send: (status: number, headers: Readonly<Record<string, string>>, body: string) => void;
  readonly hangUp: () => void;
  /** Ends the answer before it began, in good order as far as the protocol knows. */
  readonly endUnheard: () => void;
}

export type Reply = (line: Line, call: SeenCall) => unknown;

const json = { 'content-type': 'application/json' } as const;

/** A success with this JSON. */
export const answers =
  (body: unknown): Reply =>
  ({ send }) => {
    send(200, json, JSON.stringify(body));
  };

/** An error of the service, as AWS JSON and REST-JSON put it. */
export const refuses =
  (status: number, name: string, message = 'the service says no'): Reply =>
  ({ send }) => {
    send(status, { ...json, 'x-amzn-errortype': name }, JSON.stringify({ __type: name, message }));
  };

export const hangsUp: Reply = ({ hangUp }) => {
  hangUp();
};

export const endsUnheard: Reply = ({ endUnheard }) => {
  endUnheard();
};

export interface Loopback {
  /** What a client needs to call this server, and nobody else. */
  readonly place: {
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

interface Incoming extends Readable {
  readonly url?: string | undefined;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
}

/** `http2` for the one client that speaks it: Bedrock's. */
export async function openLoopback(protocol: 'http' | 'http2' = 'http'): Promise<Loopback> {
  const seen: SeenCall[] = [];
  const replies: Reply[] = [];
  const hear = async (request: Incoming, line: Line): Promise<void> => {
    const text = await readText(request);
    const target = request.headers['x-amz-target'];
    const call = {
      url: request.url ?? '',
      target: typeof target === 'string' ? target : undefined,
      body: text === '' ? {} : (JSON.parse(text) as SeenCall['body']),
    };
    seen.push(call);
    await (replies.shift() ?? loopback.otherwise)(line, call);
  };
  const sessions = new Set<{ readonly destroy: () => void }>();
  const server =
    protocol === 'http'
      ? createServer((request, response) => {
          void hear(request, {
            send: (status, headers, body) => response.writeHead(status, headers).end(body),
            hangUp: () => request.socket.destroy(),
            endUnheard: () => request.socket.end(),
          });
        })
      : createHttp2Server((request, response) => {
          void hear(request, {
            send: (status, headers, body) => {
              if (!response.stream.destroyed) response.writeHead(status, headers).end(body);
            },
            hangUp: () => request.stream.session?.destroy(),
            endUnheard: () => response.stream.close(),
          });
        }).on('session', (session) => sessions.add(session));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const loopback: Loopback = {
    place: {
      endpoint: `http://127.0.0.1:${address.port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    },
    seen,
    replies,
    otherwise: refuses(599, 'NothingToSay'),
    close: () => {
      for (const session of sessions) session.destroy();
      if ('closeAllConnections' in server) server.closeAllConnections();
      server.close();
    },
  };
  return loopback;
}
