// Do headers and bodies that no client of ours sends get a lawful answer, and leave everything as it was?
import { expect } from 'chai';
import { rawRequest } from '../../local/server/raw-request.ts';
import { openAttackedServer, type AttackedServer } from './support/attacked-server.ts';
import { recording } from './support/happy-calls.ts';

const good = JSON.stringify(recording);
const deep = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);
const having = (text: string): string => `${good.slice(0, -1)},${text}}`;

/** Bodies of createRecord that are refused, with the status that says why. */
const bodies: { readonly [what: string]: readonly [number, string | Uint8Array] } = {
  'a mebibyte of JSON': [413, having(`"question":"${'a'.repeat(1024 ** 2)}"`)],
  'a mebibyte of blanks': [413, ' '.repeat(1024 ** 2) + good],
  'lists in lists': [400, deep('[', ']', 100_000)],
  'lists in lists in a field': [400, having(`"question":${deep('[', ']', 100_000)}`)],
  'objects in objects': [400, `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`],
  'lists without an end': [400, '['.repeat(200_000)],
  'the name of a prototype': [400, having('"__proto__":{"userId":"somebody"}')],
  'a constructor': [400, having('"constructor":{"prototype":{"userId":"somebody"}}')],
  'a thousand unknown fields': [
    400,
    having(Array.from({ length: 1000 }, (_, at) => `"f${String(at)}":1`).join(',')),
  ],
  'broken UTF-8': [400, Buffer.concat([Buffer.from(good.slice(0, -1)), Buffer.from([0x22, 0xff, 0xfe])])],
  'overlong UTF-8': [400, Buffer.concat([Buffer.from([0xc0, 0xaf]), Buffer.from(good)])],
  'UTF-16': [400, Buffer.from(`\ufeff${good}`, 'utf16le')],
  'a size beyond numbers': [400, having('"sizeBytes":1e999')],
  'a size below all numbers': [400, having('"sizeBytes":-1e999')],
  'a size that is no whole number': [400, having('"sizeBytes":1.5')],
  'a size that no number can say': [400, having('"sizeBytes":9007199254740993')],
  'a size as a text': [400, having('"sizeBytes":"1000"')],
  'a size of nothing': [400, having('"sizeBytes":-0')],
  NaN: [400, having('"sizeBytes":NaN')],
  'a bad value after a good one of the same name': [400, having('"contentType":"text/html"')],
  'a list': [400, `[${good}]`],
  'a text': [400, JSON.stringify(good)],
  null: [400, 'null'],
  nothing: [400, ''],
  'two values': [400, good + good],
  'a comment': [400, `/**/${good}`],
  'a name that is far too long': [400, having(`"fileName":"${'a'.repeat(256)}"`)],
  'a question of blanks': [400, having('"question":"   "')],
};

const types = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json, text/plain',
  'application/json; charset=utf-16',
  'application/jsonx',
  '',
];

describe('a request as no client of ours sends it', function () {
  this.timeout(30_000);
  let server: AttackedServer;
  before(async () => (server = await openAttackedServer()));
  after(() => server.close());

  const post = (body: string | Uint8Array, headers: { readonly [name: string]: string } = {}) => {
    const all = { ...server.signedIn, 'content-type': 'application/json', ...headers };
    return server.send({ method: 'POST', path: '/api/records', headers: all, body });
  };

  for (const [what, [status, body]] of Object.entries(bodies))
    it(`with ${what} as its body is refused within a second, and nothing has changed`, async () => {
      const before = await server.state();
      const startedAt = performance.now();
      expect((await post(body)).status).to.equal(status);
      expect(performance.now() - startedAt).to.be.lessThan(1000);
      expect(await server.state()).to.deep.equal(before);
    });

  it('with a name twice is taken at its last word, which is checked', async () => {
    const seen = await post(having('"question":"first","question":"last"'));
    expect(seen.status).to.equal(201);
    expect(JSON.parse(seen.text)).to.have.nested.property('record.question', 'last');
  });

  it('of another type than JSON is refused, so that no form of a page can make it', async () => {
    for (const type of types) expect((await post(good, { 'content-type': type })).status, type).to.equal(415);
    for (const encoding of ['gzip', 'br'])
      expect(
        (await post(Buffer.from([0x1f, 0x8b, 8, 0, 0xff]), { 'content-encoding': encoding })).status,
      ).to.equal(400);
  });

  it('with odd queries is refused or means what it says', async () => {
    const queries = [
      'limit=0',
      'limit=101',
      'limit=1e999',
      'limit=NaN',
      'limit=',
      'limit=1&limit=2',
      'limit[]=1',
    ];
    const more = [
      '__proto__=1',
      'constructor=1',
      'cursor=',
      'cursor=%00',
      'cursor=%ff',
      `cursor=${'a'.repeat(5000)}`,
    ];
    for (const query of [...queries, ...more, '%', '&&&a', 'limit=1;x=2']) {
      const { status } = await server.send({ path: `/api/records?${query}`, headers: server.signedIn });
      expect(status, query).to.equal(400);
    }
  });

  const raw = async (lines: readonly string[], body = '') => {
    const host = `host: 127.0.0.1:${String(server.port)}`;
    const [first = '', ...rest] = lines;
    const answer = await rawRequest(
      server.port,
      Buffer.from([first, host, 'connection: close', ...rest, '', body].join('\r\n'), 'latin1'),
    );
    for (const secret of server.circumstances.secrets) expect(answer.text).not.to.contain(secret);
    expect(answer.text).not.to.match(/\n\s+at |x-injected/i);
    // One request, one answer: what is hidden in it is never a second one.
    expect(answer.text.replace('HTTP/1.1 100 Continue', '').split('HTTP/1.1 ')).to.have.length.lessThan(3);
    return answer.status;
  };
  const list = 'GET /api/records HTTP/1.1';

  it('with odd headers is refused, and none of them ever comes back', async () => {
    const token = `authorization: Bearer ${server.token}`;
    const corpora: readonly (readonly [readonly number[], readonly string[]])[] = [
      [[401], [list, token, 'authorization: Bearer other']],
      [[401], [list, 'authorization: Bearer other', token]],
      [[431], [list, token, `x-large: ${'a'.repeat(20_000)}`]],
      [
        [400, 431],
        [list, token, ...Array.from({ length: 3000 }, (_, at) => `x-${String(at)}: 1`)],
      ],
      [[400], [list, `${token}\rx-injected: 1`]],
      [[400], [list, token, 'x-a: b\u0000c']],
      [[400], [list, token, ' folded: x']],
      [[400], [list, token, 'no colon']],
      [[400], [list, token, 'x y: z']],
      [[403], [list, token, 'origin: http://127.0.0.1', 'origin: null']],
      [[403], [list, token, 'host: evil.example']],
      [[200], [list, token, 'x-forwarded-host: evil.example', 'forwarded: host=evil.example']],
      [[100], [list, token, 'expect: 100-continue']],
      [
        [200, 400, 417],
        [list, token, 'expect: nothing'],
      ],
      [
        [200, 400, 426],
        [list, token, 'upgrade: websocket', 'connection: upgrade'],
      ],
      [
        [400, 404],
        ['GET /api/records%0d%0ax-injected:1 HTTP/1.1', token],
      ],
      [[400], ['GET /api/records\u0000 HTTP/1.1', token]],
      [
        [400, 505],
        ['GET /api/records HTTP/9.9', token],
      ],
      [[400], ['GET /api/ records HTTP/1.1', token]],
    ];
    for (const [statuses, lines] of corpora)
      expect(await raw(lines), lines.join(' | ').slice(0, 200)).to.be.oneOf([...statuses, 0]);
  });

  it('whose length says two things is refused, so that nothing is smuggled in it', async () => {
    const hidden = `GET /api/health HTTP/1.1\r\nhost: 127.0.0.1:${String(server.port)}\r\n\r\n`;
    const line = 'POST /api/records HTTP/1.1';
    const lengths = [
      ['content-length: 4', 'transfer-encoding: chunked'],
      ['content-length: 0', 'content-length: 5'],
      ['content-length: -1'],
      ['content-length: 1e3'],
      ['content-length: 99999999999999999999'],
      ['transfer-encoding: chunked, identity'],
      ['transfer-encoding: xchunked'],
    ];
    for (const headers of lengths)
      expect(await raw([line, ...headers], `0\r\n\r\n${hidden}`), headers.join()).to.be.oneOf([
        0, 400, 413, 501,
      ]);
  });

  it('does not end the server', async () => {
    expect((await server.call('listRecords')).status).to.equal(200);
    expect([server.child.exitCode, server.said().includes('    at ')]).to.deep.equal([null, false]);
  });
});
