// Does a name stand for exactly one content?
import { expect } from 'chai';
import { contentHash, type HashedFile } from '../../domain/content-hash.ts';

const files: readonly HashedFile[] = [
  ['index.mjs', 'aa'],
  ['vision/model.bin', 'bb'],
];
const name = contentHash(files, ['amd64', 'base']);

describe('contentHash', () => {
  it('gives twelve hexadecimal digits, the same for the same content in any order', () => {
    expect(name).to.match(/^[0-9a-f]{12}$/);
    expect(contentHash(files.toReversed(), ['amd64', 'base'])).to.equal(name);
  });

  for (const [what, other] of [
    ['a file', contentHash([['index.mjs', 'ab'], ...files.slice(1)], ['amd64', 'base'])],
    ['a path', contentHash([['index.js', 'aa'], ...files.slice(1)], ['amd64', 'base'])],
    ['one file less', contentHash(files.slice(1), ['amd64', 'base'])],
    ['a setting', contentHash(files, ['arm64', 'base'])],
    ['the border between settings', contentHash(files, ['amd64b', 'ase'])],
    ['the order of the settings', contentHash(files, ['base', 'amd64'])],
  ] as const)
    it(`changes with ${what}`, () => {
      expect(other).to.not.equal(name);
    });

  it('refuses a path that stands twice', () => {
    expect(() => contentHash([...files, ['index.mjs', 'cc']], [])).to.throw(RangeError, 'twice');
  });
});
