// What can be done with a cursor but to turn the page? Every bit of it is ours, and it is bound to its user (A7).
import { expect } from 'chai';
import { operations } from '../../../domain/api/operations.ts';
import type { UserId } from '../../../domain/ids.ts';
import { openAttackedApi, other, owner, seed, type AttackedApi } from './support/attacked-api.ts';

describe('a cursor', function () {
  this.timeout(20_000);
  let api: AttackedApi;
  const realNow = Date.now;
  beforeEach(async () => {
    api = await openAttackedApi();
    for (const createdAt of [
      '2026-05-01T12:00:00.000Z',
      '2026-05-02T12:00:00.000Z',
      '2026-05-03T12:00:00.000Z',
    ])
      await seed(api, owner, { createdAt });
  });
  afterEach(() => {
    Date.now = realNow;
    return api.close();
  });

  const page = (cursor: string | null, as: UserId = owner) =>
    api.ask('listRecords', { query: { limit: '1', ...(cursor === null ? {} : { cursor }) } }, { as });
  async function read(cursor: string | null) {
    const { status, text } = await page(cursor);
    expect(status).to.equal(200);
    const { records, nextCursor } = operations.listRecords.answer.body.parse(JSON.parse(text));
    return { ids: records.map(({ recordId }) => recordId), nextCursor: nextCursor ?? '' };
  }
  const expectRefused = async (cursor: string, as?: UserId): Promise<string> => {
    const seen = await page(cursor, as);
    expect(seen.status, cursor).to.equal(400);
    return seen.text;
  };

  it('is refused with any one bit changed, and always in the same words', async () => {
    const { nextCursor } = await read(null);
    const bytes = Buffer.from(nextCursor, 'base64url');
    const words = new Set<string>();
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      words.add(await expectRefused(flipped.toString('base64url')));
    }
    expect(words.size).to.equal(1);
    expect((await read(nextCursor)).ids).to.have.length(1);
  });

  it('is refused with any one letter changed, also where its bits stand for nothing', async () => {
    const { nextCursor } = await read(null);
    const last = nextCursor.at(-1) ?? '';
    for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
      if (letter !== last) await expectRefused(nextCursor.slice(0, -1) + letter);
  });

  it('is refused when it is cut, extended, doubled or written otherwise', async () => {
    const { nextCursor: good } = await read(null);
    const others = Array.from({ length: good.length }, (_, length) => good.slice(0, length));
    const more = ['A', '=', '%3D', ' ', '\n', '\u0000', '.', good].flatMap((one) => [good + one, one + good]);
    const odd = [
      good.toUpperCase(),
      `${good.slice(0, 9)} ${good.slice(9)}`,
      'A'.repeat(1024),
      'A'.repeat(1025),
    ];
    for (const one of [...others, ...more, ...odd]) await expectRefused(one);
  });

  it('is of no use to another user, and of another operation to nobody', async () => {
    await seed(api, other);
    await expectRefused((await read(null)).nextCursor, other);
    const text = JSON.stringify({
      createdAt: '2026-05-02T12:00:00.000Z',
      recordId: (await seed(api, owner)).recordId,
      expires: Date.now() + 60_000,
    });
    const sealed = (operation: string, userId: UserId) =>
      api.services.sealer.seal(text, { userId, operation });
    await read(await sealed('listRecords', owner));
    await expectRefused(await sealed('readRecord', owner));
    await expectRefused(await sealed('listRecords', other));
  });

  it('is refused when it is ours but says nothing that a cursor says', async () => {
    const texts = [
      '',
      'null',
      '[]',
      '{}',
      '{"expires":1e999}',
      '{"createdAt":"","recordId":"","expires":9e15}',
      'x',
    ];
    for (const text of texts)
      await expectRefused(await api.services.sealer.seal(text, { userId: owner, operation: 'listRecords' }));
  });

  it('ends with its hour', async () => {
    const { nextCursor } = await read(null);
    Date.now = () => realNow() + 59 * 60_000;
    await read(nextCursor);
    Date.now = () => realNow() + 60 * 60_000 + 1000;
    await expectRefused(nextCursor);
  });

  it('goes on where it was when its record has been deleted, and gives the same page again', async () => {
    const first = await read(null);
    const before = await read(first.nextCursor);
    const parameters = { recordId: first.ids[0] ?? '' };
    expect((await api.ask('deleteRecord', { parameters }, { as: owner })).status).to.equal(200);
    expect((await read(first.nextCursor)).ids).to.deep.equal(before.ids);
  });
});
