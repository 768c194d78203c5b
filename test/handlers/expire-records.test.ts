// Which records go when the clock strikes, and what happens to those that will not?
import { expect } from 'chai';
import { TemporaryFailure } from '../../domain/errors.ts';
import type { RecordId } from '../../domain/ids.ts';
import { openWorld, seed, type World } from './support/api-world.ts';

const past = '2020-01-01T00:00:00.000Z';
const future = '2099-01-01T00:00:00.000Z';
const strike = JSON.stringify({ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} });

const isDown = () => Promise.reject(new TemporaryFailure('UPSTREAM', 'down'));

describe('expire-records', () => {
  let world: World;
  beforeEach(async () => (world = await openWorld()));
  afterEach(() => world.close());

  const left = async (ids: readonly RecordId[]): Promise<number> =>
    (await Promise.all(ids.map((id) => world.services.records.read(id)))).filter((record) => record !== null)
      .length;
  const many = async (count: number, keepUntil: string | null): Promise<readonly RecordId[]> =>
    (await Promise.all(Array.from({ length: count }, () => seed(world, { keepUntil })))).map(
      ({ recordId }) => recordId,
    );

  it('deletes what is due, whoever it belongs to and however much it is, and nothing else', async () => {
    const due = await many(230, past);
    const kept = [...(await many(3, future)), ...(await many(3, null))];
    expect(await world.deliver('expire-records', strike)).to.deep.equal([]);
    expect([await left(due), await left(kept)]).to.deep.equal([0, kept.length]);
  });

  it('says what it deleted, record by record', async () => {
    await many(2, past);
    await world.deliver('expire-records', strike);
    expect(world.logged.map(({ event }) => event)).to.deep.equal(['record expired', 'record expired']);
  });

  it('goes on with the others when one fails, ends, and asks for another delivery', async () => {
    const due = await many(120, past);
    const bad = new Set(due.slice(0, 105));
    const { catalogue } = world.services;
    let tries = 0;
    const remove: typeof catalogue.remove = async (recordId, userId) => {
      tries += 1;
      if (bad.has(recordId)) throw new TemporaryFailure('UPSTREAM', 'down');
      return catalogue.remove(recordId, userId);
    };
    world.replace({ catalogue: { ...catalogue, remove } });
    expect(await world.deliver('expire-records', strike)).to.deep.equal(['0']);
    expect([tries, await left(due)]).to.deep.equal([120, 105]);
    world.replace({});
    expect(await world.deliver('expire-records', strike)).to.deep.equal([]);
    expect(await left(due)).to.equal(0);
  });

  it('leaves the rest for the next time when its own time is nearly over', async () => {
    const due = await many(5, past);
    world.allow(29);
    expect(await world.deliver('expire-records', strike)).to.deep.equal([]);
    expect(world.logged.map(({ event }) => event)).to.deep.equal(['records left for the next time']);
    expect(await left(due)).to.equal(5);
  });

  it('asks for another delivery while the table does not answer', async () => {
    world.replace({ catalogue: { ...world.services.catalogue, due: isDown } });
    expect(await world.deliver('expire-records', strike)).to.deep.equal(['0']);
  });
});
