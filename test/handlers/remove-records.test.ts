// What goes when a user cancels or deletes, in which order, and what is left when that is interrupted?
import { expect } from 'chai';
import type { Receipt } from '../../domain/api/shapes.ts';
import { TemporaryFailure } from '../../domain/errors.ts';
import { derivedKey, foldersOf, newRecordId, transcriptionKey, uploadKey } from '../../domain/ids.ts';
import { noPreferences } from '../../domain/preferences.ts';
import type { Record } from '../../domain/record.ts';
import type { Services } from '../../services/contracts.ts';
import { alice, bob, codeOf, openWorld, seed, type Seed, type World } from './support/api-world.ts';

const succeeded = { status: 'SUCCEEDED', problems: [], reportKey: 'report' } as const;

const isDown = () => Promise.reject(new TemporaryFailure('UPSTREAM', 'down'));

describe('cancelling and deleting', () => {
  let world: World;
  beforeEach(async () => (world = await openWorld()));
  afterEach(() => world.close());

  const read = ({ recordId }: Record) => world.services.records.read(recordId);
  const cancel = ({ recordId }: Record) => world.ask('cancelAnalysis', { parameters: { recordId } });
  const remove = ({ recordId }: Record) => world.ask('deleteRecord', { parameters: { recordId } });

  /** A record with everything that an analysis leaves: an upload, a file beside it, an answer of Transcribe, a job. */
  async function whole(more: Seed = {}): Promise<Record> {
    const record = await seed(world, { reached: succeeded, ...more });
    const { userId, recordId } = record;
    const executionName = record.executionName ?? '';
    for (const key of [
      uploadKey(userId, recordId, 'webm'),
      derivedKey({ userId, recordId, executionName }, 'report'),
      transcriptionKey(executionName),
    ])
      await world.services.objects.writeJson(key, {});
    world.jobs.add(executionName);
    return record;
  }
  const nothingLeft = async (record: Record): Promise<boolean> => {
    const prefixes = [
      ...foldersOf(record.userId, record.recordId),
      transcriptionKey(record.executionName ?? ''),
    ];
    const erased = await Promise.all(prefixes.map((prefix) => world.services.eraser.erase(prefix)));
    return (
      erased.every(({ versions }) => versions === 0) &&
      (await read(record)) === null &&
      !world.running.has(record.executionName ?? '') &&
      !world.jobs.has(record.executionName ?? '')
    );
  };

  it('closes a record whose analysis runs with CANCELLED, then stops the analysis', async () => {
    const record = await seed(world, { reached: 'PROCESSING' });
    const answer = await cancel(record);
    expect(answer.status).to.equal(202);
    expect(answer.json).to.deep.include({
      status: 'FAILED',
      progress: null,
      problems: [{ code: 'CANCELLED', message: 'You cancelled the analysis.' }],
    });
    expect(world.running.size).to.equal(0);
  });

  it('says CONFLICT when nothing runs, and when it ended just before', async () => {
    for (const reached of [undefined, succeeded])
      expect(codeOf(await cancel(await seed(world, reached ? { reached } : {})))).to.equal('CONFLICT');
    const record = await seed(world, { reached: 'PROCESSING' });
    const { records } = world.services;
    world.replace({ records: { ...records, finish: () => Promise.resolve(false) } });
    expect(codeOf(await cancel(record))).to.equal('CONFLICT');
    expect(world.running.size).to.equal(1);
  });

  it('stops what it could not stop the first time, when it is cancelled again', async () => {
    const record = await seed(world, { reached: 'PROCESSING' });
    world.replace({ runs: { ...world.services.runs, stop: isDown } });
    expect(codeOf(await cancel(record))).to.equal('UNAVAILABLE');
    world.replace({});
    expect((await cancel(record)).status).to.equal(202);
    expect(world.running.size).to.equal(0);
  });

  it('is not undone by the analysis that ends meanwhile, nor by the news of its end (A15)', async () => {
    const record = await seed(world, { reached: 'PROCESSING' });
    await cancel(record);
    const { recordId, userId } = record;
    const executionName = record.executionName ?? '';
    expect(await world.services.records.finish(recordId, executionName, succeeded)).to.equal(false);
    const nothing = { objectKey: '', sha256: null, question: null, language: null };
    const input = JSON.stringify({ userId, recordId, ...nothing });
    const body = JSON.stringify({ detail: { name: executionName, status: 'ABORTED', input } });
    await world.deliver('close-record', body);
    expect(world.logged.at(-1)?.event).to.equal('record left alone');
    expect((await read(record))?.problems).to.have.nested.property('[0].code', 'CANCELLED');
  });

  it('takes everything of a record with it and says what went; nobody else’s goes', async () => {
    const record = await whole({ reached: 'PROCESSING' });
    const others = [await whole(), await whole({ userId: bob })];
    const answer = await remove(record);
    expect(answer.json).to.deep.include({
      records: [record.recordId],
      objects: 3,
      objectVersions: 3,
      stoppedAnalyses: 1,
      transcriptionJobs: 1,
      preferences: false,
      account: false,
    });
    expect(await nothingLeft(record)).to.equal(true);
    expect(codeOf(await remove(record))).to.equal('NOT_FOUND');
    for (const other of others) {
      expect(await read(other)).to.deep.equal(other);
      expect(
        await world.services.objects.readJson(transcriptionKey(other.executionName ?? '')),
      ).to.deep.equal({});
    }
  });

  it('deletes a record that never came to an analysis', async () => {
    const record = await seed(world);
    expect((await remove(record)).json).to.deep.include({ records: [record.recordId], stoppedAnalyses: 0 });
    expect(await nothingLeft(record)).to.equal(true);
  });

  /** Every call that deletes something, in order; the one with that number fails, before or after it was done. */
  function failing(at: number, when: 'before' | 'after'): { readonly calls: string[] } {
    const calls: string[] = [];
    const step = <A extends unknown[], T>(name: string, work: (...given: A) => Promise<T>) => {
      return async (...given: A): Promise<T> => {
        const isBad = calls.push(name) === at;
        if (isBad && when === 'before') throw new TemporaryFailure('UPSTREAM', 'down');
        const done = await work(...given);
        if (isBad) throw new TemporaryFailure('UPSTREAM', 'down');
        return done;
      };
    };
    const { runs, eraser, transcriptionJobs, catalogue, preferences, accounts } = world.services;
    const some: Partial<Services> = {
      runs: { ...runs, stop: step('stop', runs.stop) },
      eraser: { erase: step('erase', eraser.erase) },
      transcriptionJobs: { remove: step('job', transcriptionJobs.remove) },
      catalogue: { ...catalogue, remove: step('row', catalogue.remove) },
      preferences: { ...preferences, remove: step('preferences', preferences.remove) },
      accounts: { remove: step('account', accounts.remove) },
    };
    world.replace(some);
    return { calls };
  }

  const order = ['stop', 'erase', 'erase', 'erase', 'job', 'row'];

  it('stops first and takes the row last', async () => {
    const record = await whole({ reached: 'PROCESSING' });
    const { calls } = failing(0, 'before');
    await remove(record);
    expect(calls).to.deep.equal(order);
  });

  for (const when of ['before', 'after'] as const)
    for (const [index, name] of order.entries())
      it(`can be repeated when step ${String(index + 1)} (${name}) fails ${when} it is done`, async () => {
        const record = await whole({ reached: 'PROCESSING' });
        failing(index + 1, when);
        expect(codeOf(await remove(record))).to.equal('UNAVAILABLE');
        const isGone = (await read(record)) === null;
        expect(isGone).to.equal(name === 'row' && when === 'after');
        world.replace({});
        expect((await remove(record)).status).to.equal(isGone ? 404 : 200);
        expect(await nothingLeft(record)).to.equal(true);
      });

  const everything = async (): Promise<Record[]> => {
    const records = await Promise.all([whole(), whole({ reached: 'PROCESSING' }), seed(world)]);
    await world.services.objects.writeJson(uploadKey(alice, newRecordId(), 'mp4'), {});
    await world.services.preferences.write(alice, { ...noPreferences, revision: 1 });
    return records;
  };

  it('deletes everything of a user, and nothing of another one', async () => {
    const others = await Promise.all([whole({ userId: bob }), seed(world, { userId: bob })]);
    const records = await everything();
    const { status, json } = await world.ask('deleteMe');
    const { deletedAt, records: gone, ...counts } = json as Receipt;
    expect([status, Date.now() - Date.parse(deletedAt) < 10_000]).to.deep.equal([200, true]);
    expect(gone).to.have.members(records.map(({ recordId }) => recordId));
    const sums = { objects: 7, objectVersions: 7, stoppedAnalyses: 1, transcriptionJobs: 2 };
    expect(counts).to.deep.equal({ ...sums, preferences: true, account: true });
    for (const record of records) expect(await nothingLeft(record)).to.equal(true);
    for (const other of others) expect(await read(other)).to.deep.equal(other);
    expect([...world.accounts]).to.deep.equal([bob]);
  });

  it('goes through all pages of a long list, and finds nothing the second time', async () => {
    const made = await Promise.all(Array.from({ length: 57 }, () => seed(world)));
    expect(((await world.ask('deleteMe')).json as Receipt).records.length).to.equal(made.length);
    expect((await world.ask('deleteMe')).json).to.deep.include({ records: [], objects: 0, account: false });
  });

  it('can be repeated wherever it was interrupted, and takes the account last', async () => {
    await everything();
    const { calls } = failing(0, 'before');
    await world.ask('deleteMe');
    expect(calls.slice(-4)).to.deep.equal(['erase', 'erase', 'preferences', 'account']);
    for (let at = 1; at <= calls.length; at += 1) {
      world.replace({});
      world.accounts.add(alice);
      const records = await everything();
      failing(at, at % 2 === 0 ? 'before' : 'after');
      expect(codeOf(await world.ask('deleteMe')), String(at)).to.equal('UNAVAILABLE');
      world.replace({});
      expect((await world.ask('deleteMe')).status).to.equal(200);
      for (const record of records) expect(await nothingLeft(record)).to.equal(true);
      expect(await world.services.preferences.read(alice)).to.deep.equal(noPreferences);
      expect(world.accounts.has(alice)).to.equal(false);
    }
  });
});
