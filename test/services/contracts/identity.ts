// What must everything do that says who asks?
import { expect } from 'chai';
import type { UserId } from '../../../domain/ids.ts';
import type { Identity } from '../../../services/contracts.ts';

export interface IdentityHost {
  readonly identity: Identity;
  /** A good token, and whose it is. */
  readonly token: string;
  readonly userId: UserId;
  /** Tokens that are no longer, not yet or not for us good, by what is wrong with them. */
  readonly refused: Readonly<{ [what: string]: string }>;
}

/** `make` gives somebody who knows users, with tokens to show. */
export function describeIdentity(name: string, make: () => Promise<IdentityHost>): void {
  describe(`${name} as who knows its users`, () => {
    let host: IdentityHost;
    const userOf = (authorization: string | null) => host.identity.userOf(authorization);
    before(async () => {
      host = await make();
    });

    it('names the user behind a good token, again and again', async () => {
      for (let count = 0; count < 3; count += 1)
        expect(await userOf(`Bearer ${host.token}`)).to.equal(host.userId);
    });

    it('writes the scheme as anybody likes (RFC 9110)', async () => {
      for (const scheme of ['bearer', 'BEARER'])
        expect(await userOf(`${scheme} ${host.token}`)).to.equal(host.userId);
    });

    it('knows nobody without a token (A6)', async () => {
      for (const authorization of [null, '', ' ', 'Bearer', 'Bearer ', 'Bearer null', 'Bearer undefined'])
        expect(await userOf(authorization), String(authorization)).to.equal(null);
    });

    it('knows no token outside of the scheme, or beside something else', async () => {
      const { token } = host;
      const headers = [
        token,
        `Basic ${token}`,
        `Bearer${token}`,
        `Bearer ${token} ${token}`,
        `Bearer ${token}, Bearer ${token}`,
        `Bearer "${token}"`,
        `Bearer ${token}\u0000`,
        `Basic dTpw Bearer ${token}`,
        `Token ${token}`,
      ];
      for (const header of headers) expect(await userOf(header), header).to.equal(null);
    });

    it('knows no token that was cut, made longer or changed in any place (A6)', async () => {
      const { token } = host;
      const changed = token.split('').map((sign, index) => {
        // In the last sign of a part of a token some bits may stand for nothing: the first bit always counts.
        const by = /[A-Za-f]/.test(sign) ? '7' : 'A';
        return token.slice(0, index) + by + token.slice(index + 1);
      });
      const others = [
        token.slice(1),
        token.slice(0, -1),
        `${token}A`,
        `A${token}`,
        token + token,
        `${token}=`,
      ];
      for (const one of [...changed, ...others].filter((text) => text !== token))
        expect(await userOf(`Bearer ${one}`), one).to.equal(null);
    });

    it('knows none of the tokens that are not good for us (A6)', async () => {
      for (const [what, token] of Object.entries(host.refused))
        expect(await userOf(`Bearer ${token}`), what).to.equal(null);
    });

    it('answers to a header of any size, and at once', async () => {
      const started = performance.now();
      for (const filling of ['A', ' ', '.', 'é', 'Bearer '])
        expect(await userOf(`Bearer ${filling.repeat(100_000)}`)).to.equal(null);
      expect(performance.now() - started).to.be.lessThan(2000);
    });
  });
}
