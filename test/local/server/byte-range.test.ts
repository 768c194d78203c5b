// Which bytes does a Range header ask for?
import { expect } from 'chai';
import { parseRange } from '../../../local/server/byte-range.ts';

const whole = null;
const rows: readonly (readonly [string | undefined, ReturnType<typeof parseRange>])[] = [
  [undefined, whole],
  ['bytes=0-', { first: 0, last: 99 }],
  ['bytes=0-0', { first: 0, last: 0 }],
  ['bytes=10-19', { first: 10, last: 19 }],
  ['bytes=90-1000', { first: 90, last: 99 }],
  ['bytes=-1', { first: 99, last: 99 }],
  ['bytes=-1000', { first: 0, last: 99 }],
  ['bytes=99-', { first: 99, last: 99 }],
  ['bytes=100-', 'UNSATISFIABLE'],
  ['bytes=1000-2000', 'UNSATISFIABLE'],
  ['bytes=-0', 'UNSATISFIABLE'],
  ['bytes=99999999999999999999-', 'UNSATISFIABLE'],
  ['bytes=0-99999999999999999999', { first: 0, last: 99 }],
  ['bytes=20-10', whole],
  ['bytes=0-1,5-6', whole],
  ['bytes=-', whole],
  ['bytes=', whole],
  ['bytes=a-b', whole],
  ['bytes=0x1-2', whole],
  ['bytes=--1', whole],
  ['items=0-1', whole],
  ['bytes 0-1', whole],
];

describe('a Range header', () => {
  for (const [header, range] of rows)
    it(`${String(header)} of 100 bytes is ${JSON.stringify(range)}`, () => {
      expect(parseRange(header, 100)).to.deep.equal(range);
    });

  it('asks for nothing that an empty file has', () => {
    expect(parseRange('bytes=0-', 0)).to.equal('UNSATISFIABLE');
    expect(parseRange(undefined, 0)).to.equal(null);
  });
});
