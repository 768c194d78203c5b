// What does the health route say, and what does it keep to itself?
import { expect } from 'chai';
import { readHealth } from '../../handlers/interview/read-health.ts';
import { invokeHandler } from '../../handlers/support/handler.ts';
import type { HttpAnswer } from '../../handlers/support/http.ts';
import type { RecordTable } from '../../services/contracts.ts';

const proxyEvent = { httpMethod: 'GET', path: '/health', headers: null, body: null, requestContext: {} };

const never = () => Promise.reject(new Error('nothing may be written'));

async function ask(
  read: RecordTable['read'],
  timeoutSeconds = 10,
): Promise<{ answer: HttpAnswer; logged: string[] }> {
  const logged: string[] = [];
  const answer = await invokeHandler(readHealth, proxyEvent, {
    services: { records: { read, create: never, claim: never, finish: never } },
    media: { tools: { ffmpeg: '', ffprobe: '', threads: 1 }, openVision: null },
    log: (event) => void logged.push(event),
    signal: new AbortController().signal,
    scratchFolder: '',
    onProgress: () => undefined,
    timeoutSeconds,
  });
  return { answer, logged };
}

const secret = 'AccessDenied: arn:aws:dynamodb:us-east-1:123456789012:table/records';

describe('the health route', () => {
  it('answers 200 when the records can be read', async () => {
    const asked: string[] = [];
    const { answer, logged } = await ask(async (recordId) => (asked.push(recordId), null));
    expect(answer.statusCode).to.equal(200);
    expect(JSON.parse(answer.body)).to.deep.equal({ status: 'ok' });
    expect(asked).to.deep.equal(['0'.repeat(26)]);
    expect(logged).to.deep.equal([]);
  });

  it('answers 503 with a problem document that tells nothing of the inside', async () => {
    const { answer, logged } = await ask(() => Promise.reject(new Error(secret)));
    expect(answer.statusCode).to.equal(503);
    expect(answer.headers['content-type']).to.equal('application/problem+json');
    expect(JSON.parse(answer.body)).to.include({ type: 'about:blank', status: 503, code: 'UNAVAILABLE' });
    expect(answer.body).not.to.match(/arn:|AccessDenied|dynamodb|table|record/i);
    expect(logged).to.deep.equal(['health check failed']);
  });

  it('does not wait for a table that does not answer', async () => {
    const { answer } = await ask(() => new Promise(() => undefined), 0.05);
    expect(answer.statusCode).to.equal(503);
  });

  for (const [title, read] of [
    ['good', async () => null],
    ['bad', () => Promise.reject(new Error(secret))],
  ] as const)
    it(`is never kept, framed or guessed at, be the news ${title}`, async () => {
      const { headers } = (await ask(read)).answer;
      expect(headers).to.include({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      });
      expect(headers['strict-transport-security']).to.match(/^max-age=\d{8}/);
    });
});
