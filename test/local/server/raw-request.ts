// How does a test send what no well-behaved client would?
import { once } from 'node:events';
import { connect } from 'node:net';

export interface RawAnswer {
  /** 0 when the connection was closed without an answer. */
  readonly status: number;
  readonly text: string;
}

/** Sends the text as it is, `\n` as CRLF, and gives what comes back until the server closes or has answered. */
export async function rawRequest(port: number, text: string | Buffer): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk));
  socket.on('error', () => undefined);
  socket.write(typeof text === 'string' ? text.replaceAll('\n', '\r\n') : text);
  await once(socket, 'close').catch(() => undefined);
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0), text: answer };
}

/** A request without a body, after which the connection closes. */
export const rawGet = (
  port: number,
  path: string,
  headers: Readonly<{ [name: string]: string }> = {},
): Promise<RawAnswer> => {
  const all = { host: `127.0.0.1:${String(port)}`, connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\n`);
  return rawRequest(port, `GET ${path} HTTP/1.1\n${lines.join('')}\n`);
};
