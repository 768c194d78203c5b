// What must everything do that lets browsers send and fetch objects by signed forms and addresses?
import { expect } from 'chai';
import type { Links, SignedUpload } from '../../../services/contracts.ts';

/** Links together with the host that honours them. */
export interface LinksHost {
  readonly links: Links;
  /** The same, made at another time. */
  readonly linksAt: (now: Date) => Links;
  /** Sends a form with one file as a browser does, fields first; whether it was taken. */
  readonly send: (form: SignedUpload, bytes: Uint8Array) => Promise<boolean>;
  readonly stored: (
    key: string,
  ) => Promise<{ readonly bytes: Uint8Array; readonly contentType: string } | null>;
  readonly put: (key: string, bytes: Uint8Array, contentType: string) => Promise<void>;
  readonly fetch: (address: string) => Promise<Response>;
}

const key = 'uploads/user-1/01ARZ3NDEKTSV4RRFFQ69G5FAV.webm';
const otherKey = 'uploads/user-2/01ARZ3NDEKTSV4RRFFQ69G5FAV.webm';
const bytes = Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0, 13, 10, 45, 45, 255]);
const recording = { key, contentType: 'video/webm', sizeBytes: bytes.length } as const;

const inAnHour = (): Date => new Date(Date.now() + 3_600_000);

/** Good links do what they are for. `make` gives an empty host. */
export function describeLinks(name: string, make: () => Promise<LinksHost>): void {
  describe(`${name} as who signs links`, () => {
    let host: LinksHost;
    beforeEach(async () => {
      host = await make();
    });

    it('lets a browser send exactly the file that was asked for (A2)', async () => {
      expect(await host.send(await host.links.upload(recording), bytes)).to.equal(true);
      const stored = await host.stored(key);
      expect(Buffer.from(stored?.bytes ?? []).equals(bytes)).to.equal(true);
      expect(stored?.contentType).to.equal('video/webm');
    });

    it('names the key and the type among the fields, and an end after 300 s', async () => {
      const before = Date.now();
      const { fields, expiresAt } = await host.links.upload(recording);
      expect(fields).to.include({ key, 'Content-Type': 'video/webm' });
      expect(expiresAt.getTime()).to.be.within(before + 299_000, Date.now() + 300_000);
    });

    it('lets the same form be sent again, for a browser that lost the answer', async () => {
      const form = await host.links.upload(recording);
      expect([await host.send(form, bytes), await host.send(form, bytes)]).to.deep.equal([true, true]);
    });

    it('shows an object as the type that was signed', async () => {
      await host.put(key, bytes, 'video/webm');
      const address = await host.links.download({ key, contentType: 'text/plain', expiresAt: inAnHour() });
      const answer = await host.fetch(address);
      expect(answer.status).to.equal(200);
      expect(answer.headers.get('content-type')).to.equal('text/plain');
      expect(answer.headers.get('content-disposition') ?? 'inline').to.equal('inline');
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).to.equal(true);
    });

    for (const fileName of [
      'answer 1.webm',
      'Porquê “eu”?.webm',
      'a"; filename="b.exe',
      'x\r\nSet-Cookie: a=b',
    ]) {
      it(`saves an object under the name ${JSON.stringify(fileName)}, which stays a name`, async () => {
        await host.put(key, bytes, 'video/webm');
        const given = { key, contentType: 'video/webm', expiresAt: inAnHour(), fileName };
        const answer = await host.fetch(await host.links.download(given));
        const disposition = answer.headers.get('content-disposition') ?? '';
        expect(disposition).to.match(
          /^attachment; filename="[^"\\\r\n]*"; filename\*=UTF-8''[!#$&+.^_`|~\w%-]+$/,
        );
        expect(decodeURIComponent(disposition.split("''")[1] ?? '')).to.equal(fileName);
        expect(answer.headers.get('set-cookie')).to.equal(null);
      });
    }

    it('finds objects by odd keys', async () => {
      for (const odd of ['a b/c+d&e=f?g#h%2Fi', '録画/面接.webm', "x'(1)*!.mp4"]) {
        await host.put(odd, bytes, 'video/webm');
        const given = { key: odd, contentType: 'video/webm', expiresAt: inAnHour() };
        expect((await host.fetch(await host.links.download(given))).status, odd).to.equal(200);
      }
    });

    it('has nothing to show where there is no object', async () => {
      const address = await host.links.download({ key, contentType: 'video/webm', expiresAt: inAnHour() });
      expect((await host.fetch(address)).status).to.be.within(403, 404);
    });
  });
}

type Fields = SignedUpload['fields'];

/** The field of that name, whatever its case: S3's SDK writes `Policy`, we `policy`. */
const nameOf = (fields: Fields, pattern: RegExp): string => {
  const found = Object.keys(fields).find((one) => pattern.test(one));
  if (found === undefined) throw new Error(`there is no field ${pattern.source}`);
  return found;
};

const withPolicy = (fields: Fields, change: (text: string) => string): Fields => {
  const policy = nameOf(fields, /^policy$/i);
  const text = Buffer.from(fields[policy] ?? '', 'base64').toString();
  const changed = change(text);
  if (changed === text) throw new Error('the policy was not changed');
  return { ...fields, [policy]: Buffer.from(changed).toString('base64') };
};

const without = (fields: Fields, pattern: RegExp): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([one]) => !pattern.test(one)));

/** What somebody may try with a form that is good for another file. */
const changes: Readonly<{ [what: string]: (fields: Fields) => Fields }> = {
  'another key': (fields) => ({ ...fields, key: otherKey }),
  'a key that ends otherwise': (fields) => ({ ...fields, key: `${key}.html` }),
  'another type': (fields) => ({ ...fields, 'Content-Type': 'video/mp4' }),
  'a type of pages': (fields) => ({ ...fields, 'Content-Type': 'text/html' }),
  'no type': (fields) => without(fields, /^content-type$/i),
  'no key': (fields) => without(fields, /^key$/),
  'no policy': (fields) => without(fields, /^policy$/i),
  'no signature': (fields) => without(fields, /signature$/i),
  'a field that was not signed': (fields) => ({ ...fields, 'Content-Encoding': 'gzip' }),
  'a redirection': (fields) => ({ ...fields, success_action_redirect: 'https://example.com/' }),
  'a policy of another key': (fields) => ({
    ...withPolicy(fields, (text) => text.replaceAll(key, otherKey)),
    key: otherKey,
  }),
  'a policy that ends later': (fields) => withPolicy(fields, (text) => text.replace(/20\d\d-/, '2099-')),
  'a policy of any size': (fields) =>
    withPolicy(fields, (text) => text.replace(/(content-length-range",)\d+,\d+/, '$10,9999999')),
  'an empty policy': (fields) => ({ ...fields, [nameOf(fields, /^policy$/i)]: '' }),
  'a signature of zeros': (fields) => ({ ...fields, [nameOf(fields, /signature$/i)]: '0'.repeat(64) }),
};

const sizes: Readonly<{ [what: string]: Uint8Array }> = {
  'one byte too many': Buffer.concat([bytes, Buffer.of(1)]),
  'a megabyte too many': Buffer.alloc(1024 ** 2 + bytes.length),
  'one byte too few': bytes.subarray(1),
  'no byte': new Uint8Array(),
};

/** Bad links do nothing. `make` gives an empty host that checks signatures and policies. */
export function describeRefusedLinks(name: string, make: () => Promise<LinksHost>): void {
  describe(`${name} as who refuses links`, () => {
    let host: LinksHost;
    const expectNothingStored = async (): Promise<void> => {
      for (const one of [key, otherKey, `${key}.html`]) expect(await host.stored(one)).to.equal(null);
    };
    beforeEach(async () => {
      host = await make();
    });

    for (const [what, wrong] of Object.entries(sizes)) {
      it(`takes no file of ${what} (A2)`, async () => {
        expect(await host.send(await host.links.upload(recording), wrong)).to.equal(false);
        await expectNothingStored();
      });
    }

    for (const [what, change] of Object.entries(changes)) {
      it(`takes no form with ${what} (A2)`, async () => {
        const form = await host.links.upload(recording);
        expect(await host.send({ ...form, fields: change(form.fields) }, bytes)).to.equal(false);
        await expectNothingStored();
      });
    }

    it('takes no form with the policy of one and the signature of another', async () => {
      const { fields } = await host.links.upload({ ...recording, key: otherKey });
      const form = await host.links.upload(recording);
      const signature = nameOf(fields, /signature$/i);
      const mixed = { ...form.fields, [signature]: fields[signature] ?? '' };
      expect(await host.send({ ...form, fields: mixed }, bytes)).to.equal(false);
      await expectNothingStored();
    });

    it('takes a form until 300 s after it was made, and not later (A2)', async () => {
      const ago = (seconds: number) => host.linksAt(new Date(Date.now() - seconds * 1000)).upload(recording);
      expect(await host.send(await ago(302), bytes)).to.equal(false);
      await expectNothingStored();
      expect(await host.send(await ago(280), bytes)).to.equal(true);
    });

    it('shows nothing by an address that has ended', async () => {
      await host.put(key, bytes, 'video/webm');
      const hourAgo = host.linksAt(new Date(Date.now() - 3_600_000));
      const given = { key, contentType: 'video/webm', expiresAt: new Date(Date.now() - 1000) };
      expect((await host.fetch(await hourAgo.download(given))).ok).to.equal(false);
    });

    it('shows nothing by an address of which any part was changed, doubled or left out', async () => {
      await host.put(key, bytes, 'video/webm');
      const given = { key, contentType: 'video/webm', expiresAt: inAnHour(), fileName: 'a.webm' };
      const address = await host.links.download(given);
      const [place = '', query = ''] = address.split('?');
      const parts = query.split('&');
      for (const [index, part] of parts.entries()) {
        const rest = parts.toSpliced(index, 1);
        const last = part.at(-1) === '1' ? '2' : '1';
        for (const tried of [[], [`${part.slice(0, -1)}${last}`], [part, `${part}1`]]) {
          const answer = await host.fetch(`${place}?${[...rest, ...tried].join('&')}`);
          expect(answer.ok, [...rest, ...tried].join('&')).to.equal(false);
        }
      }
      expect((await host.fetch(place)).ok).to.equal(false);
    });
  });
}
