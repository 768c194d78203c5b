// Does the app begin as its host says, and reload only once?
import { expect } from 'chai';
import { siteConfigSchema } from '../../../domain/api/site-config.ts';
import { parseConfig } from '../../../web/src/app/config.ts';
import { mayReload } from '../../../web/src/app/reload-once.ts';

const configurations = [
  { identity: { kind: 'local-session' } },
  { apiUrl: 'https://example.org/Prod', identity: { kind: 'local-session' }, recordingLimitSeconds: 60 },
  { identity: { kind: 'openid', issuer: 'https://idp.example.org', clientId: 'app', signOutUrl: null } },
  {
    apiUrl: '/api',
    identity: {
      kind: 'openid',
      issuer: 'https://idp.example.org',
      clientId: 'app',
      signOutUrl: 'https://out.example.org',
    },
  },
];

describe('start of the app', () => {
  for (const configuration of configurations) {
    it(`reads ${JSON.stringify(configuration)} as the schema does`, () => {
      expect(parseConfig(configuration)).to.deep.equal(siteConfigSchema.parse(configuration));
    });
  }

  for (const wrong of [null, 'text', {}, { identity: { kind: 'magic' } }, { identity: { kind: 'openid' } }]) {
    it(`refuses ${JSON.stringify(wrong)}`, () => {
      expect(() => parseConfig(wrong)).to.throw('config.json');
      expect(siteConfigSchema.safeParse(wrong).success).to.equal(false);
    });
  }

  it('reloads once for missing code, and again only after a minute', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
    };
    expect([0, 5, 59_999, 60_001].map((ms) => mayReload(storage, 1e12 + ms))).to.deep.equal([
      true,
      false,
      false,
      true,
    ]);
  });
});
