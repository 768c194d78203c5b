// What must every sealer do?
import { expect } from 'chai';
import { userIdSchema } from '../../../domain/ids.ts';
import type { Sealer } from '../../../services/contracts.ts';

const bound = { userId: userIdSchema.parse('user-1'), operation: 'listRecords' };

/** As long as a cursor is. */
const text = JSON.stringify({
  createdAt: '2026-01-02T03:04:05.678Z',
  recordId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  issuedAt: 1,
});

const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Another sign in the place of this one. */
const replaced = (sealed: string, index: number, by: string): string =>
  sealed.slice(0, index) + by + sealed.slice(index + 1);

export interface SealerOptions {
  /** A sealer with another key; default: that is not tested. */
  readonly makeOther?: () => Promise<Sealer>;
  /** Of the changed texts every so-manieth is tried, where each costs a call; default 1. */
  readonly step?: number;
}

/** `make` gives a sealer. */
export function describeSealer(
  name: string,
  make: () => Promise<Sealer>,
  { makeOther, step = 1 }: SealerOptions = {},
): void {
  describe(`${name} as a sealer`, () => {
    let sealer: Sealer;
    let sealed: string;
    const opened = async (texts: readonly string[]) => {
      const tried = texts.filter((_, index) => index % step === 0);
      return (await Promise.all(tried.map((one) => sealer.open(one, bound)))).filter((one) => one !== null);
    };

    beforeEach(async () => {
      sealer = await make();
      sealed = await sealer.seal(text, bound);
    });

    it('opens what it sealed, in any script', async () => {
      for (const one of ['x', text, 'é\u0000録\u{1f642}', 'z'.repeat(400)])
        expect(await sealer.open(await sealer.seal(one, bound), bound)).to.equal(one);
    });

    it('seals into a text that is safe in an address, and short enough for a cursor', () => {
      expect(sealed).to.match(/^[A-Za-z0-9_-]+$/);
      expect(sealed.length).to.be.at.most(1024);
    });

    it('hides what it seals, and that it was the same', async () => {
      expect(await sealer.seal(text, bound)).not.to.equal(sealed);
      const bytes = Buffer.from(sealed, 'base64url');
      for (const part of ['createdAt', '2026', '01ARZ']) expect(bytes.includes(part)).to.equal(false);
    });

    it('opens nothing for another user or another operation (A6)', async () => {
      const users = ['user-2', 'user-', 'User-1', 'user-1l'].map((id) => userIdSchema.parse(id));
      for (const userId of users) expect(await sealer.open(sealed, { ...bound, userId })).to.equal(null);
      for (const operation of ['listRecord', 'istRecords', 'deleteMe', ''])
        expect(await sealer.open(sealed, { ...bound, operation })).to.equal(null);
      const shifted = { userId: userIdSchema.parse('user-1listRecords'), operation: '' };
      expect(await sealer.open(sealed, shifted)).to.equal(null);
    });

    it('opens nothing of which any bit was flipped (A6)', async () => {
      const bytes = Buffer.from(sealed, 'base64url');
      const flipped = Array.from({ length: bytes.length * 8 }, (_, bit) => {
        const copy = Buffer.from(bytes);
        copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return copy.toString('base64url');
      });
      expect(await opened(flipped)).to.deep.equal([]);
    }).timeout(60_000);

    it('opens nothing of which any sign was replaced, though it stood for the same bytes', async () => {
      const last = sealed.length - 1;
      const lastSigns = signs.split('').filter((sign) => sign !== sealed.at(-1));
      const others = sealed
        .split('')
        .map((sign, index) => replaced(sealed, index, signs[(signs.indexOf(sign) + 1) % signs.length] ?? ''));
      expect(await opened([...others, ...lastSigns.map((sign) => replaced(sealed, last, sign))])).to.be.empty;
    }).timeout(60_000);

    it('opens nothing that was cut or made longer', async () => {
      const cut = Array.from({ length: sealed.length }, (_, length) => sealed.slice(0, length));
      const starts = Array.from({ length: 40 }, (_, from) => sealed.slice(from + 1));
      const longer = ['A', '=', '==', ' ', '\n', '.', sealed].map((more) => sealed + more);
      expect(await opened([...cut, ...starts, ...longer, ` ${sealed}`, `A${sealed}`])).to.deep.equal([]);
    }).timeout(60_000);

    it('opens no text that was never sealed', async () => {
      const strange = [
        '',
        'null',
        '{}',
        '../../etc/passwd',
        'A'.repeat(38),
        'A'.repeat(1024),
        '録画',
        '\u0000',
      ];
      for (const one of strange) expect(await sealer.open(one, bound)).to.equal(null);
    });

    if (makeOther) {
      it('opens nothing that another key sealed', async () => {
        const other = await makeOther();
        expect(await other.open(sealed, bound)).to.equal(null);
        expect(await sealer.open(await other.seal(text, bound), bound)).to.equal(null);
      });
    }
  });
}
