// Who may ask the local server for what? Every operation, by everybody on this machine or behind its browser (A50, A84).
import { expect } from 'chai';
import { operations, type OperationId } from '../../../domain/api/operations.ts';
import { newRecordId } from '../../../domain/ids.ts';
import { rawRequest } from '../../local/server/raw-request.ts';
import {
  localUser,
  openAttackedServer,
  sentOf,
  stranger,
  type AttackedServer,
  type Sent,
} from './support/attacked-server.ts';
import { seed, type Request } from './support/attacked-api.ts';
import { happyCalls, type Ground } from './support/happy-calls.ts';

const ids = Object.keys(operations) as readonly OperationId[];
const guarded = ids.filter((id) => operations[id].access === 'user');

/** Ways to show a token that count for nothing; `token` is the good one. */
const noTokens: { readonly [what: string]: (token: string, sent: Sent) => Partial<Sent> } = {
  'no token': () => ({}),
  'another token': (token) => ({ headers: { authorization: `Bearer ${'A'.repeat(token.length)}` } }),
  'a token without its end': (token) => ({ headers: { authorization: `Bearer ${token.slice(0, -1)}` } }),
  'a password': (token) => ({
    headers: { authorization: `Basic ${Buffer.from(`local:${token}`).toString('base64')}` },
  }),
  'the token without a scheme': (token) => ({ headers: { authorization: token } }),
  'two headers': (token) => ({ headers: { authorization: [`Bearer ${token}`, 'Bearer x'] } }),
  'a cookie': (token) => ({ headers: { cookie: `token=${token}; authorization=Bearer ${token}` } }),
  'other headers': (token) => ({ headers: { 'x-api-key': token, 'proxy-authorization': `Bearer ${token}` } }),
  'a query': (token, { path }) => ({
    path: `${path}${path.includes('?') ? '&' : '?'}token=${token}&access_token=${token}&authorization=Bearer%20${token}`,
  }),
};

/** Signed in, but sent by somebody else's page or under another name. */
const foreign = (port: number): { readonly [what: string]: Sent['headers'] } => ({
  'a name that leads here': { host: `evil.example:${String(port)}` },
  'our name on another port': { host: '127.0.0.1:1' },
  'a name with a user in it': { host: `127.0.0.1:${String(port)}@evil.example` },
  'a foreign page': { origin: 'https://evil.example' },
  'a page that begins like ours': { origin: `http://127.0.0.1:${String(port)}.evil.example` },
  'a page without an origin': { origin: 'null' },
  'an empty origin': { origin: '' },
  'two origins': { origin: [`http://127.0.0.1:${String(port)}`, 'https://evil.example'] },
  'another site': { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
  'another port of this machine': { 'sec-fetch-site': 'same-site' },
  'a link of another site': { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
  'two sites': { 'sec-fetch-site': ['same-origin', 'cross-site'] },
});

describe('the local server', function () {
  this.timeout(30_000);
  let server: AttackedServer;
  let ground: Ground;
  before(async () => {
    server = await openAttackedServer();
    ground = { services: server.services, addRun: () => undefined };
  });
  after(() => server.close());

  /** The call of an operation on something that is there. */
  const callOf = async (id: OperationId): Promise<Sent> =>
    sentOf(id, await happyCalls[id].make(ground, localUser));

  /** Sends them all, and nothing has changed. */
  async function expectAll(status: number, sents: readonly (readonly [string, Sent])[]): Promise<void> {
    const before = await server.state();
    for (const [what, sent] of sents) expect((await server.send(sent)).status, what).to.equal(status);
    expect(await server.state()).to.deep.equal(before);
  }

  for (const id of guarded)
    it(`${id} is refused to whoever shows no token in its place, and nothing has changed`, async () => {
      const sent = await callOf(id);
      const spoilt = Object.entries(noTokens).map(([what, change]) => {
        const { headers, ...rest } = change(server.token, sent);
        return [what, { ...sent, ...rest, headers: { ...sent.headers, ...headers } }] as const;
      });
      await expectAll(401, spoilt);
    });

  for (const id of ids)
    it(`${id} is refused to other names and other pages, with the token too, and nothing has changed`, async () => {
      const sent = await callOf(id);
      const spoilt = Object.entries(foreign(server.port)).map(
        ([what, headers]) =>
          [what, { ...sent, headers: { ...sent.headers, ...server.signedIn, ...headers } }] as const,
      );
      await expectAll(403, spoilt);
    });

  it('knows a foreign page under any way to write a path of the API', async () => {
    const headers = { ...server.signedIn, 'sec-fetch-site': 'cross-site' };
    const api = ['/%61pi', '/a%70%69', '/x/../api', '/./api', '/x/%2e%2e/api', '/api/.', '/api/x/..'];
    const ways = [...api, `http://127.0.0.1:${String(server.port)}/api`];
    for (const way of ways) {
      const { status, text } = await server.sendRaw({ path: `${way}/records`, headers });
      expect([400, 403, 404], `${way} ${text}`).to.include(status);
    }
  });

  it('answers its own user each operation as the table says, and nobody else’s records', async () => {
    for (const id of ids.filter((one) => one !== 'deleteMe')) {
      const made: Request = await happyCalls[id].make(ground, localUser);
      const asked = id === 'readRun' ? { parameters: { recordId: server.analysed } } : made;
      expect((await server.call(id, asked)).status, id).to.equal(operations[id].answer.status);
    }
  });

  for (const id of ids.filter((one) => happyCalls[one].names === 'record'))
    it(`${id} of a record of somebody else is answered as one of no record, and nothing has changed`, async () => {
      const asked = await happyCalls[id].make(ground, stranger);
      const before = await server.state();
      const { headers, ...seen } = await server.call(id, asked);
      const nobodys = { ...asked, parameters: { recordId: newRecordId() } };
      const { headers: otherHeaders, ...otherSeen } = await server.call(id, nobodys);
      expect(seen).to.deep.equal(otherSeen);
      expect({ ...headers, date: '' }).to.deep.equal({ ...otherHeaders, date: '' });
      expect(seen.status).to.equal(404);
      expect(await server.state()).to.deep.equal(before);
    });

  it('lists and deletes only what is its user’s, however much there is of others', async () => {
    for (const id of ids) await happyCalls[id].make(ground, stranger);
    await seed(ground, localUser);
    const ofStranger = async () => server.services.catalogue.list(stranger, { limit: 100, after: null });
    const before = await ofStranger();
    const { text } = await server.call('listRecords', { query: { limit: '100' } });
    for (const { recordId } of before) expect(text).not.to.contain(recordId);
    expect((await server.call('deleteMe')).status).to.equal(200);
    expect(await server.services.catalogue.list(localUser, { limit: 9, after: null })).to.deep.equal([]);
    expect(await ofStranger()).to.deep.equal(before);
    expect((await server.services.preferences.read(stranger)).questionSets).to.have.length(1);
  });

  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'];
  for (const path of new Set(ids.map((id) => operations[id].path)))
    it(`${path} has the methods of the table, HEAD for GET, and says so for every other`, async () => {
      const here = ids.filter((id) => operations[id].path === path).map((id) => operations[id]);
      const of = here[0] ? sentOf(here[0].id, {}).path.replaceAll('//', '/x/').replace(/\/$/, '/x') : '';
      for (const method of methods) {
        const asked = method === 'HEAD' ? 'GET' : method;
        const operation = here.find((one) => one.method === asked);
        const { status, headers, text } = await server.send({ method, path: of });
        expect(status, method).to.equal(!operation ? 405 : operation.access === 'public' ? 200 : 401);
        if (method === 'HEAD') expect(text).to.equal('');
        if (!operation) expect(headers['allow']).to.equal(here.map((one) => one.method).join(', '));
      }
    });

  it('has no method at all on paths that are not of the API, and takes none for a tunnel', async () => {
    for (const method of methods.filter((one) => one !== 'HEAD'))
      for (const path of ['/api', '/api/', '/api/nothing', '/api/records/x/y', '/api/me/x'])
        expect((await server.send({ method, path })).status, `${method} ${path}`).to.equal(404);
    const head = `host: 127.0.0.1:${String(server.port)}\n\n`;
    for (const line of ['CONNECT evil.example:443', 'CONNECT /api/records', 'FETCH /api/records', 'get /'])
      expect((await rawRequest(server.port, `${line} HTTP/1.1\n${head}`)).status, line).to.be.oneOf([0, 400]);
  });

  it('answers a preflight of a foreign page without any leave', async () => {
    const headers = {
      origin: 'https://evil.example',
      'access-control-request-method': 'DELETE',
      'access-control-request-headers': 'authorization',
      'access-control-request-private-network': 'true',
    };
    const seen = await server.send({ method: 'OPTIONS', path: '/api/records', headers });
    expect(seen.status).to.equal(403);
    expect(Object.keys(seen.headers).filter((name) => name.startsWith('access-control'))).to.deep.equal([]);
  });

  it('goes on after all of this', async () => {
    expect((await server.call('readHealth')).status).to.equal(200);
    expect(server.child.exitCode).to.equal(null);
  });
});
