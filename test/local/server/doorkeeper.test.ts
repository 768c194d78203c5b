// Which requests may come in at all?
import { expect } from 'chai';
import { createDoorkeeper } from '../../../local/server/doorkeeper.ts';

type Headers = Readonly<{ [name: string]: string }>;

const refusalAt =
  (port: number) =>
  (headers: Headers, isApi: boolean): string | null =>
    createDoorkeeper(port).refusal(
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      isApi,
    );
const refusal = refusalAt(4310);
const host = '127.0.0.1:4310';

const welcome: { readonly [what: string]: Headers } = {
  'a program of this machine': { host },
  'the other name of this machine': { host: 'localhost:4310' },
  'a name in capitals': { host: 'LOCALHOST:4310' },
  'our own page': { host, origin: 'http://127.0.0.1:4310', 'sec-fetch-site': 'same-origin' },
  'an address that was typed': { host, 'sec-fetch-site': 'none' },
};

const refused: { readonly [what: string]: Headers } = {
  'no name': {},
  'a name that was made to lead here': { host: 'evil.example:4310' },
  'a name that begins like ours': { host: '127.0.0.1:4310.evil.example' },
  'another port': { host: '127.0.0.1:4311' },
  'our name without the port': { host: '127.0.0.1' },
  'another address of this machine': { host: '[::1]:4310' },
  'a foreign page': { host, origin: 'https://evil.example' },
  'a page on another port': { host, origin: 'http://127.0.0.1:3000' },
  'a page of our name by another scheme': { host, origin: 'https://127.0.0.1:4310' },
  'a page without an origin of its own': { host, origin: 'null' },
  'a page of another site': { host, 'sec-fetch-site': 'cross-site' },
  'a page of another port of this machine': { host, 'sec-fetch-site': 'same-site' },
};

describe('the doorkeeper of the local server', () => {
  for (const [what, headers] of Object.entries(welcome))
    it(`lets in ${what}`, () => {
      expect(refusal(headers, true)).to.equal(null);
    });

  for (const [what, headers] of Object.entries(refused))
    it(`refuses ${what}`, () => {
      expect(refusal(headers, true)).to.be.a('string');
    });

  it('refuses two names at once', () => {
    expect(createDoorkeeper(4310).refusal({ host: [host, host] }, true)).to.be.a('string');
    expect(createDoorkeeper(4310).refusal({ host: [host], origin: ['a', 'b'] }, true)).to.be.a('string');
  });

  it('lets another site link to our pages, and to them only', () => {
    const linked = { host, 'sec-fetch-site': 'cross-site' };
    expect(refusal(linked, false)).to.equal(null);
    expect(refusal(linked, true)).to.be.a('string');
  });

  it('knows its name without the port that goes without saying', () => {
    expect(refusalAt(80)({ host: 'localhost' }, true)).to.equal(null);
  });
});
