// Which requests does the API take, whatever they ask for, and what does it say to all others?
import { expect } from 'chai';
import * as fc from 'fast-check';
import { operations, type OperationId } from '../../domain/api/operations.ts';
import { problemDocumentSchema, problemTable } from '../../domain/api/problem.ts';
import { TemporaryFailure } from '../../domain/errors.ts';
import { newRecordId } from '../../domain/ids.ts';
import type { QuestionSet } from '../../domain/question-sets.ts';
import { alice, codeOf, eventOf, openWorld, type Ask, type World } from './support/api-world.ts';

const ids = Object.keys(operations) as OperationId[];
const userIds = ids.filter((id) => operations[id].access === 'user');
const withBody = userIds.filter((id) => operations[id].body !== null);
const parametersOf = (id: OperationId): Ask['parameters'] => ({
  ...(operations[id].path.includes('{recordId}') ? { recordId: newRecordId() } : {}),
  ...(operations[id].path.includes('{questionSetId}') ? { questionSetId: 'mine' } : {}),
});
const withTokens = (...tokens: string[]) => ({ event: { multiValueHeaders: { authorization: tokens } } });

describe('a request to the API', () => {
  let world: World;
  beforeEach(async () => (world = await openWorld()));
  afterEach(() => world.close());

  for (const id of userIds) {
    it(`${id}: is refused without a token, with the form that a token should have`, async () => {
      const answer = await world.ask(id, { as: null, parameters: parametersOf(id) ?? {} });
      expect([answer.status, codeOf(answer)]).to.deep.equal([401, 'UNAUTHENTICATED']);
      expect(answer.headers['www-authenticate']).to.equal('Bearer');
    });

    it(`${id}: says who may ask before anything else is looked at`, async () => {
      const wrong = { body: 'x'.repeat(300_000), query: { no: '1' }, parameters: { recordId: '../..' } };
      expect(codeOf(await world.ask(id, { as: null, ...wrong }))).to.equal('UNAUTHENTICATED');
    });

    it(`${id}: refuses a body of more than 256 KiB, and a parameter that it does not know`, async () => {
      const parameters = parametersOf(id) ?? {};
      expect(codeOf(await world.ask(id, { parameters, body: 'x'.repeat(256 * 1024) }))).to.equal('TOO_LARGE');
      const { body } = operations[id];
      const query = { [`__proto__`]: 'x', unknown: 'x' };
      const answer = await world.ask(id, { parameters, query, ...(body ? { body: {} } : {}) });
      expect(codeOf(answer)).to.equal('INVALID_REQUEST');
      expect(answer.json).to.deep.nested.include({
        'errors[0]': { at: 'query', message: 'has a field that is not known' },
        'errors[1]': { at: 'query.unknown', message: 'is not known' },
      });
    });
  }

  for (const id of withBody)
    it(`${id}: takes JSON in UTF-8 and nothing else`, async () => {
      const parameters = parametersOf(id) ?? {};
      const asked = (event: object) => world.ask(id, { parameters, body: {}, event: { ...event } });
      const typed = (type: string) =>
        asked({ headers: { Authorization: `Bearer ${alice}`, 'content-type': type } });
      for (const wrong of ['text/plain', 'application/jsonp', 'multipart/form-data', 'application/json; x=1'])
        expect(codeOf(await typed(wrong))).to.equal('UNSUPPORTED_MEDIA_TYPE');
      for (const body of ['{', 'nothing', ''])
        expect(codeOf(await asked({ body }))).to.equal('INVALID_REQUEST');
      const latin1 = Buffer.from([0x22, 0xe9, 0x22]).toString('base64');
      expect(codeOf(await asked({ body: latin1, isBase64Encoded: true }))).to.equal('INVALID_REQUEST');
      expect(codeOf(await typed('Application/JSON; charset=UTF-8'))).to.equal('INVALID_REQUEST');
    });

  it('is answered 404 for a path that nobody knows, 405 and the methods for a method that it does not have', async () => {
    expect(codeOf(await world.send('read-records', { httpMethod: 'GET', resource: '/secrets' }))).to.equal(
      'NOT_FOUND',
    );
    const answer = await world.send('remove-records', {
      httpMethod: 'OPTIONS',
      resource: '/records/{recordId}',
    });
    expect([codeOf(answer), answer.headers['allow']]).to.deep.equal(['METHOD_NOT_ALLOWED', 'DELETE']);
  });

  it('is refused with two tokens that differ, and taken with one that is written twice', async () => {
    expect(codeOf(await world.ask('readSettings', withTokens('Bearer alice', 'Bearer bob')))).to.equal(
      'UNAUTHENTICATED',
    );
    const cases = { headers: { Authorization: 'Bearer alice', authorization: 'Bearer bob' } };
    expect(codeOf(await world.ask('readSettings', { event: cases }))).to.equal('UNAUTHENTICATED');
    expect((await world.ask('readSettings', withTokens('Bearer alice', 'Bearer alice'))).status).to.equal(
      200,
    );
  });

  it('is refused with a parameter that is given twice', async () => {
    const event = { multiValueQueryStringParameters: { limit: ['5', '100'] } };
    const answer = await world.ask('listRecords', { query: { limit: '100' }, event });
    expect(answer.json).to.deep.nested.include({ errors: [{ at: 'query', message: 'has a name twice' }] });
  });

  it('learns what is wrong where, and nothing of what it said is repeated', async () => {
    const secret = 'v3ry-s3cret';
    const body = { contentType: secret, sizeBytes: -1, sha256: secret, question: 7, [secret]: 1, extra: 1 };
    const answer = await world.ask('createRecord', { body });
    expect(answer.text).not.to.include(secret);
    expect(answer.json).to.have.deep.property('errors', [
      { at: 'body.question', message: 'must be a text' },
      { at: 'body.contentType', message: 'must be "video/mp4" or "video/webm"' },
      { at: 'body.sizeBytes', message: 'must be at least 1' },
      { at: 'body.sha256', message: 'does not have the expected form' },
      { at: 'body.consentPolicyVersion', message: 'must be a text' },
      { at: 'body', message: 'has a field that is not known' },
      { at: 'body.extra', message: 'is not known' },
    ]);
  });

  for (const [what, error, status, code] of [
    ['throttles', new TemporaryFailure('THROTTLED', 'table arn:aws:dynamodb'), 429, 'TOO_MANY_REQUESTS'],
    ['is down', new TemporaryFailure('UPSTREAM', 'arn:aws:dynamodb'), 503, 'UNAVAILABLE'],
    ['fails', new Error('AccessDenied arn:aws:iam::123456789012:role/x'), 500, 'INTERNAL'],
    ['throws no error', 'arn:aws:iam', 500, 'INTERNAL'],
  ] as const)
    it(`tells nothing of the inside when a service ${what}, and when to come back`, async () => {
      world.replace({ preferences: { ...world.services.preferences, read: () => Promise.reject(error) } });
      const answer = await world.ask('readSettings');
      expect([answer.status, answer.json]).to.deep.equal([
        status,
        { type: 'about:blank', code, ...problemTable[code] },
      ]);
      expect('retry-after' in answer.headers).to.equal(status !== 500);
      expect(world.logged.map(({ event }) => event)).to.deep.equal(status === 429 ? [] : ['request failed']);
    });

  it('is told of a full disk, which its user may be able to empty', async () => {
    const full = new TemporaryFailure('DISK_FULL', 'records.sqlite');
    world.replace({ preferences: { ...world.services.preferences, read: () => Promise.reject(full) } });
    const { status, json } = await world.ask('readSettings');
    expect([status, json]).to.deep.equal([
      503,
      {
        ...problemTable.UNAVAILABLE,
        type: 'about:blank',
        code: 'UNAVAILABLE',
        detail: 'The disk is full; please make room and try again.',
      },
    ]);
  });

  it('is told to come back when its host has no more time', async () => {
    const over = new AbortController();
    world.abortWith(over.signal);
    world.replace({
      preferences: { ...world.services.preferences, read: () => new Promise(() => undefined) },
    });
    const answer = world.ask('readSettings');
    over.abort(new Error('the function ran out of time'));
    expect(codeOf(await answer)).to.equal('UNAVAILABLE');
  });

  it('gets no answer that breaks its schema, and nothing that the schema does not name', async () => {
    const broken = { revision: 1, questionSets: [], retentionDays: -5 };
    world.replace({ preferences: { ...world.services.preferences, read: async () => broken } });
    expect(codeOf(await world.ask('readSettings'))).to.equal('INTERNAL');
    expect(world.logged[0]?.facts).to.have.property('error').that.includes('breaks its schema');
    const set: QuestionSet = {
      questionSetId: 'a',
      title: 't',
      language: 'en',
      questions: ['q'],
      origin: 'own',
    };
    const more = { ...set, internal: 'arn:aws:s3' };
    const read = async () => ({ revision: 1, questionSets: [more], retentionDays: null });
    world.replace({ preferences: { ...world.services.preferences, read } });
    expect((await world.ask('listQuestionSets')).text).not.to.include('internal');
  });

  it('never makes the API fail, whatever it is', async () => {
    const hostile = fc.oneof(
      fc.constantFrom(
        '__proto__',
        'constructor',
        '../../etc/passwd',
        '%2e%2e%2f',
        'a\r\nSet-Cookie: x=1',
        '\0',
        '𝕏',
      ),
      fc.string({ unit: 'binary' }),
      fc.anything(),
    );
    const fields = fc.option(
      fc.dictionary(
        fc.oneof(fc.constantFrom('recordId', 'limit', 'cursor', 'Authorization'), fc.string()),
        hostile,
      ),
    );
    const event = fc.record(
      {
        headers: fields,
        multiValueHeaders: fields,
        queryStringParameters: fields,
        multiValueQueryStringParameters: fields,
        pathParameters: fields,
        body: fc.oneof(fc.json(), hostile),
        isBase64Encoded: fc.oneof(fc.boolean(), hostile),
        requestContext: hostile,
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...userIds), event, fc.boolean(), async (id, changed, signedIn) => {
        const token = { Authorization: `Bearer ${alice}`, 'content-type': 'application/json' };
        const headers = { ...changed.headers, ...(signedIn ? token : {}) };
        const whole = eventOf(id, { event: { ...changed, headers } });
        const answer = await world.ask(id, { event: whole as { [field: string]: unknown } });
        expect(answer.status).to.be.oneOf([200, 201, 202, 204, 400, 401, 404, 409, 413, 415]);
        if (answer.status >= 400) problemDocumentSchema.parse(answer.json);
        for (const value of Object.values(answer.headers)) expect(value).not.to.match(/[\r\n]/);
        expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
      }),
      { numRuns: 300 },
    );
    expect(world.logged).to.deep.equal([]);
  }).timeout(60_000);
});
