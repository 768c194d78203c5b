// Where does CloudFront look for a path? Its functions run here as they run there: one event in, one request out.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { assert, property, webPath } from 'fast-check';
import { logicalNames, siteFilesIn } from '../../components/site-files.ts';
import { apiFunction, pageFunction } from '../../components/web-site/edge-functions.ts';
import { problemDocumentSchema } from '../../domain/api/problem.ts';

interface Answer {
  readonly uri?: string;
  readonly statusCode?: number;
  readonly body?: { readonly data: string };
}

/** CloudFront Developer Guide, "CloudFront Functions event structure": version 1.0, viewer-request. */
function run(code: string, uri: string): Answer {
  const event = {
    version: '1.0',
    context: { distributionId: 'E1', eventType: 'viewer-request', requestId: 'r' },
    viewer: { ip: '198.51.100.1' },
    request: {
      method: 'GET',
      uri,
      querystring: {},
      headers: { host: { value: 'example.com' } },
      cookies: {},
    },
  };
  return JSON.parse(
    runInNewContext(`${code}; JSON.stringify(handler(event))`, { event }, { timeout: 1000 }) as string,
  ) as Answer;
}

describe('paths of the site', () => {
  const pages: readonly (readonly [asked: string, found: string])[] = [
    ['/', '/index.html'],
    ['', '/index.html'],
    ['/records', '/index.html'],
    ['/records/', '/index.html'],
    ['/records/01ARZ3NDEKTSV4RRFFQ69G5FAV/report', '/index.html'],
    ['/v1.2/records', '/index.html'],
    ['/api', '/index.html'],
    ['/caf%C3%A9', '/index.html'],
    ['/index.html', '/index.html'],
    ['/config.json', '/config.json'],
    ['/assets/index-Bx9w1aZ2.js', '/assets/index-Bx9w1aZ2.js'],
    ['/.well-known/security.txt', '/.well-known/security.txt'],
    ['/assets/../config.json', '/assets/../config.json'],
  ];
  for (const [asked, found] of pages) {
    it(`${asked === '' ? 'nothing' : asked} is ${found}`, () => {
      expect(run(pageFunction, asked).uri).to.equal(found);
    });
  }

  const operations: readonly (readonly [asked: string, found: string])[] = [
    ['/api/health', '/health'],
    ['/api/', '/'],
    ['/api/records/01ARZ3NDEKTSV4RRFFQ69G5FAV/downloads', '/records/01ARZ3NDEKTSV4RRFFQ69G5FAV/downloads'],
    ['/api/api/health', '/api/health'],
    ['/api//health', '//health'],
    ['/api/%2e%2e/x', '/%2e%2e/x'],
  ];
  for (const [asked, found] of operations) {
    it(`${asked} is the API’s ${found}`, () => {
      expect(run(apiFunction, asked).uri).to.equal(found);
    });
  }

  it('that only look like the API after they are tidied up are answered with a problem document', () => {
    for (const asked of ['/x/../api/records', '//api/records', '/./api/records', '/%61pi/records']) {
      const answer = run(apiFunction, asked);
      expect(answer.statusCode, asked).to.equal(404);
      expect(problemDocumentSchema.parse(JSON.parse(answer.body?.data ?? '')).code).to.equal('NOT_FOUND');
    }
  });

  it('never lose their slash and never throw, whatever is asked', () => {
    assert(
      property(webPath(), (path) => {
        for (const code of [pageFunction, apiFunction]) {
          const { uri, statusCode } = run(code, path);
          expect(statusCode === 404 || uri?.startsWith('/')).to.equal(true);
        }
        expect(run(apiFunction, `/api${path}`).uri).to.satisfy(
          (uri: string | undefined) => uri === undefined || uri === path,
        );
      }),
      { numRuns: 200 },
    );
  });
});

const names = (...keys: string[]): readonly string[] => [
  ...logicalNames(keys.map((key) => ({ key }))).values(),
];

describe('files of the site', () => {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-files-'));
  after(() => rmSync(folder, { recursive: true }));

  it('keep their name while their contents change, and share none', () => {
    expect(names('assets/index-Bx9_w-aZ.js')).to.deep.equal(names('assets/index-00000000.js'));
    expect(
      names('assets/index-BBBBBBBB.js', 'assets/index-AAAAAAAA.js', 'assets/a-AAAAAAAA.js.map'),
    ).to.deep.equal(['assets/a.js.map', 'assets/index.js', 'assets/index-2.js']);
    expect(names('favicon-aaaaaaaa.ico', 'assets/plain.css')).to.deep.equal([
      'assets/plain.css',
      'favicon-aaaaaaaa.ico',
    ]);
  });

  it('are refused without a page or with a type that browsers would have to guess', () => {
    expect(() => siteFilesIn(folder)).to.throw(RangeError, 'build the app first');
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '');
    writeFileSync(join(folder, 'assets', 'what.xyz'), '');
    expect(() => siteFilesIn(folder)).to.throw(RangeError, 'assets/what.xyz');
  });
});
