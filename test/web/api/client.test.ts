// Does the client ask as the API wants to be asked, and give up only when it should?
import { expect } from 'chai';
import { createApiClient, pathOf, type ApiSurroundings } from '../../../web/src/api/client.ts';
import { ProblemError } from '../../../web/src/api/problem-error.ts';
import { delayBeforeMs } from '../../../web/src/api/retry-policy.ts';

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

const json = (body: unknown, status = 200): Response => Response.json(body, { status });
const problem = (status: number, code: string): Response =>
  json({ type: 'about:blank', status, title: 'No', code, detail: 'No.' }, status);

/** A client whose server gives the answers one after the other; an Error is a broken connection. */
function clientOf(answers: readonly (Response | Error)[], given: Partial<ApiSurroundings> = {}) {
  const sent: Sent[] = [];
  const pauses: number[] = [];
  const api = createApiClient({
    apiUrl: '/api',
    token: () => Promise.resolve('the-token'),
    onRefused: () => undefined,
    fetch: (url, init) => {
      const answer = answers[sent.length];
      sent.push({ url: url as string, init: init ?? {} });
      return answer instanceof Response
        ? Promise.resolve(answer)
        : Promise.reject(answer ?? new Error('none left'));
    },
    pause: (ms) => Promise.resolve(void pauses.push(ms)),
    ...given,
  });
  return { api, sent, pauses };
}

const failureOf = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: unknown) => error,
  );

describe('API client', () => {
  it('sends the token, and JSON only with a body', async () => {
    const { api, sent } = clientOf([
      json({ retentionDays: 7, longestRetentionDays: null }),
      json({ records: [] }),
    ]);
    await api.ask('writeSettings', { body: { retentionDays: 7 } });
    await api.ask('listRecords', { query: { limit: 5 } });
    expect(sent.map(({ url, init }) => `${init.method ?? ''} ${url}`)).to.deep.equal([
      'PUT /api/settings',
      'GET /api/records?limit=5',
    ]);
    const headers = sent.map(({ init }) => new Headers(init.headers));
    expect(headers.map((header) => header.get('authorization'))).to.deep.equal(
      Array(2).fill('Bearer the-token'),
    );
    expect(headers.map((header) => header.get('content-type'))).to.deep.equal(['application/json', null]);
  });

  it('encodes what it puts into a path or a query', () => {
    expect(pathOf('/records/{recordId}/run', { parameters: { recordId: '../me?x' } })).to.equal(
      '/records/..%2Fme%3Fx/run',
    );
    expect(pathOf('/records', { query: { cursor: 'a b&c', limit: undefined } })).to.equal(
      '/records?cursor=a+b%26c',
    );
  });

  it('tries a reading four times, with pauses that grow', async () => {
    const { api, sent, pauses } = clientOf([
      new Error('cut'),
      problem(503, 'UNAVAILABLE'),
      new Error('cut'),
      json({ records: [] }),
    ]);
    await api.ask('listRecords', {});
    expect(sent).to.have.length(4);
    expect(pauses.every((ms, at) => ms >= 250 * 2 ** at && ms <= 500 * 2 ** at)).to.equal(true);
  });

  it('gives up after the fourth try with the code of the last', async () => {
    const { api, sent } = clientOf(Array.from({ length: 9 }, () => problem(503, 'UNAVAILABLE')));
    const error = await failureOf(api.ask('readSettings', {}));
    expect(error).to.be.instanceOf(ProblemError).with.property('code', 'UNAVAILABLE');
    expect(sent).to.have.length(4);
  });

  it('never repeats a POST, which would create a second record', async () => {
    const { api, sent } = clientOf([new Error('cut')]);
    const error = await failureOf(
      api.ask('renewUpload', { parameters: { recordId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' } }),
    );
    expect(error).to.have.property('code', 'NETWORK');
    expect(sent).to.have.length(1);
  });

  it('does not repeat what would end the same way', async () => {
    const { api, sent } = clientOf([problem(404, 'NOT_FOUND')]);
    const error = await failureOf(
      api.ask('readRecord', { parameters: { recordId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' } }),
    );
    expect(error).to.include({ code: 'NOT_FOUND', status: 404, message: 'No.' });
    expect(sent).to.have.length(1);
  });

  it('tells when the token is refused', async () => {
    let refusals = 0;
    const { api } = clientOf([problem(401, 'UNAUTHENTICATED')], { onRefused: () => (refusals += 1) });
    await failureOf(api.ask('readSettings', {}));
    expect(refusals).to.equal(1);
  });

  const strangers = [
    {
      name: 'a gateway’s page',
      answer: new Response('<h1>Bad Gateway</h1>', { status: 502 }),
      code: 'UNAVAILABLE',
    },
    {
      name: 'API Gateway’s own refusal',
      answer: json({ message: 'Unauthorized' }, 401),
      code: 'UNAUTHENTICATED',
    },
    { name: 'a firewall’s page', answer: new Response('blocked', { status: 418 }), code: 'PROTOCOL' },
    { name: 'a success that is no JSON', answer: new Response('<html>'), code: 'PROTOCOL' },
  ] as const;
  for (const { name, answer, code } of strangers) {
    it(`reads ${name} as ${code}`, async () => {
      const { api } = clientOf([answer, answer.clone(), answer.clone(), answer.clone()]);
      expect(await failureOf(api.ask('readSettings', {}))).to.have.property('code', code);
    });
  }

  it('ends a call with its signal’s reason, not with a problem', async () => {
    const ended = new AbortController();
    ended.abort(new Error('left'));
    const { api } = clientOf([new Error('aborted')]);
    expect(await failureOf(api.ask('readSettings', {}, { signal: ended.signal }))).to.have.property(
      'message',
      'aborted',
    );
  });

  it('waits thirty seconds at most before another try', () => {
    expect([1, 2, 8, 40].map((failures) => delayBeforeMs(failures, 1))).to.deep.equal([
      500, 1000, 30_000, 30_000,
    ]);
  });
});
