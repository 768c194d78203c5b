// Does anybody wait for those who are slow?
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import {
  boundary,
  field,
  localUser,
  openAttackedServer,
  type AttackedServer,
} from './support/attacked-server.ts';

const clients = 50;

describe('slow clients of the local server', function () {
  this.timeout(30_000);
  let server: AttackedServer;
  let sockets: Socket[];
  let large: string;
  before(async () => {
    server = await openAttackedServer();
    const path = join(server.data, '..', 'large');
    await writeFile(path, Buffer.alloc(50 * 1024 ** 2, 7));
    const key = `analyses/${localUser}/${server.analysed}/e1/playback.mp4`;
    await server.services.objects.upload(key, path, 'video/mp4', new AbortController().signal);
    const expiresAt = new Date(Date.now() + 60_000);
    large = await server.links.download({ key, contentType: 'video/mp4', expiresAt });
  });
  after(() => server.close());
  beforeEach(() => (sockets = []));
  afterEach(() => sockets.forEach((socket) => socket.destroy()));

  async function open(text: string | Buffer): Promise<Socket> {
    const socket = connect(server.port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(text);
    return socket;
  }
  const head = (line: string, ...lines: readonly string[]): string =>
    [`${line} HTTP/1.1`, `host: 127.0.0.1:${String(server.port)}`, ...lines, ''].join('\r\n');

  /** Several kinds of requests, each answered within a second. */
  async function expectQuick(): Promise<void> {
    for (const id of ['readHealth', 'listRecords', 'createRecord', 'readSettings'] as const) {
      const startedAt = performance.now();
      expect((await server.call(id)).status).to.be.oneOf([200, 415]);
      expect(performance.now() - startedAt, id).to.be.lessThan(1000);
    }
  }

  const length = 'content-length: 1000';
  const kinds: { readonly [what: string]: () => string | Promise<string> } = {
    'their headers': () => head('GET /api/records', 'x-slow: a').slice(0, -2),
    'their body': () => head('POST /api/records', `authorization: Bearer ${server.token}`, length) + '\r\n{',
    'their form': () =>
      `${head('POST /api/uploads', length, `content-type: multipart/form-data; boundary=${boundary}`)}\r\n--`,
    'their file': async () => {
      const { form } = await server.form(100_000);
      const fields = Object.entries(form.fields).map((one) => field(...one).toString());
      const type = `content-type: multipart/form-data; boundary=${boundary}`;
      const file = `--${boundary}\r\ncontent-disposition: form-data; name="file"\r\n\r\nx`;
      return `${head(`POST ${form.url}`, 'content-length: 102000', type)}\r\n${fields.join('')}${file}`;
    },
    'nothing at all': () => '',
  };
  for (const [what, begin] of Object.entries(kinds))
    it(`who take their time with ${what} keep nobody waiting`, async () => {
      for (let count = 0; count < clients; count += 1) await open(await begin());
      await expectQuick();
    });

  it('who read a large file drop by drop keep nobody waiting, and no file in memory', async () => {
    const readers = await Promise.all(Array.from({ length: 20 }, () => open(`${head(`GET ${large}`)}\r\n`)));
    for (const reader of readers) reader.pause();
    await delay(300);
    await expectQuick();
    const whole = await server.sendRaw({ path: large });
    expect(whole.bytes.length).to.equal(50 * 1024 ** 2);
  });

  it('who send many requests at once without reading are answered one after the other', async () => {
    const one = `${head('GET /api/health')}\r\n`;
    for (let count = 0; count < 10; count += 1) (await open(one.repeat(100))).pause();
    await expectQuick();
  });
});
