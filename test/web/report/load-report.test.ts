// Does a report come through, and does a failure say what it is?
import { expect } from 'chai';
import {
  loadReport,
  loadWithFreshAddresses,
  ReportFailure,
} from '../../../web/src/pages/report/load-report.ts';
import { fixtureReport } from '../../fixtures/report.ts';

const { signal } = new AbortController();
const answer =
  (status: number, body: string): typeof fetch =>
  () =>
    Promise.resolve(new Response(body, { status }));
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'loaded',
    (error: unknown) => (error instanceof ReportFailure ? error.code : error),
  );

const ended = () => Promise.reject(new ReportFailure('EXPIRED'));
const onlyNew = (address: string) => (address === 'new' ? Promise.resolve(fixtureReport) : ended());

describe('loading of a report', () => {
  it('gives the report that was stored', async () => {
    const report = await loadReport('/r', signal, answer(200, JSON.stringify(fixtureReport)));
    expect(report).to.deep.equal(fixtureReport);
  });

  it('fills what a report from before did not have', async () => {
    const { labels: _, ...older } = fixtureReport;
    const { pictureReason: __, audioReason: ___, ...measurements } = older.measurements;
    const report = await loadReport('/r', signal, answer(200, JSON.stringify({ ...older, measurements })));
    expect(report.labels).to.equal(null);
    expect(report.measurements.pictureReason).to.equal(null);
  });

  for (const [what, given, code] of [
    ['an address that has ended', answer(403, '<Error/>'), 'EXPIRED'],
    ['a session that has ended behind it', answer(400, '<Error/>'), 'EXPIRED'],
    ['a server that fails', answer(503, ''), 'NETWORK'],
    ['no answer', () => Promise.reject(new TypeError('fetch failed')), 'NETWORK'],
    ['a page instead of JSON', answer(200, '<!doctype html>'), 'UNREADABLE'],
    [
      'a report of a later version',
      answer(200, JSON.stringify({ ...fixtureReport, version: 2 })),
      'UNREADABLE',
    ],
    [
      'samples that are no list',
      answer(
        200,
        JSON.stringify({
          ...fixtureReport,
          transcript: { language: 'en', source: 'x', timing: 'word', words: 'none' },
        }),
      ),
      'UNREADABLE',
    ],
  ] as const) {
    it(`says ${code} for ${what}`, async () => {
      expect(await codeOf(loadReport('/r', signal, given))).to.equal(code);
    });
  }

  it('asks for new addresses once when the first have ended', async () => {
    const asked: boolean[] = [];
    const addresses = (fresh: boolean) => {
      asked.push(fresh);
      return Promise.resolve({ report: fresh ? 'new' : 'old' });
    };
    expect(await loadWithFreshAddresses({ addresses, load: onlyNew })).to.equal(fixtureReport);
    expect(asked).to.deep.equal([false, true]);
    expect(await codeOf(loadWithFreshAddresses({ addresses, load: ended }))).to.equal('EXPIRED');
    expect(asked).to.have.lengthOf(4);
  });
});
