// What must every table of records do for those whose records they are?
import { expect } from 'chai';
import { newRecordId, userIdSchema, type RecordId } from '../../../domain/ids.ts';
import type { Record } from '../../../domain/record.ts';
import type { RecordCatalogue, RecordPosition, RecordTable } from '../../../services/contracts.ts';
import { newRecord } from './record-table.ts';

type Table = RecordCatalogue & Pick<RecordTable, 'claim' | 'create' | 'finish' | 'read'>;

const owner = userIdSchema.parse('owner');
const other = userIdSchema.parse('owner-2');

const second = (count: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, count)).toISOString();

/** The newest first, as they are to be listed. */
const inOrder = (records: readonly Record[]): readonly RecordId[] =>
  records
    .toSorted((one, two) =>
      `${one.createdAt} ${one.recordId}` < `${two.createdAt} ${two.recordId}` ? 1 : -1,
    )
    .map(({ recordId }) => recordId);

const positionOf = ({ createdAt, recordId }: Record): RecordPosition => ({ createdAt, recordId });

/** `make` gives a new, empty table. */
export function describeRecordCatalogue(name: string, make: () => Promise<Table>): void {
  describe(`${name} as a catalogue of records`, () => {
    let table: Table;
    const add = async (given: Partial<Record> = {}): Promise<Record> => {
      const record: Record = { ...newRecord(newRecordId()), userId: owner, ...given };
      await table.create(record);
      return record;
    };
    const addMany = async (count: number, sameTime: number): Promise<readonly Record[]> => {
      const made: Record[] = [];
      for (let index = 0; index < count; index += 1)
        made.push(await add({ createdAt: second(Math.floor(index / sameTime)) }));
      return made;
    };
    /** Every page in turn; `between` happens after each of them. */
    const pages = async (limit: number, between: () => Promise<unknown> = async () => undefined) => {
      const seen: Record[] = [];
      let after: RecordPosition | null = null;
      for (let count = 0; count < 50; count += 1) {
        const page = await table.list(owner, { limit, after });
        expect(page.length).to.be.at.most(limit);
        seen.push(...page);
        const last = page.at(-1);
        if (!last) return seen;
        after = positionOf(last);
        await between();
      }
      throw new Error('the pages do not end');
    };

    beforeEach(async () => {
      table = await make();
    });

    it('lists whole records, the newest first, and nothing for somebody who has none (A40)', async () => {
      expect(await table.list(owner, { limit: 20, after: null })).to.deep.equal([]);
      const older = await add({ createdAt: second(1), keepUntil: second(90), question: 'Why?' });
      const newer = await add({ createdAt: second(2) });
      expect(await table.list(owner, { limit: 20, after: null })).to.deep.equal([newer, older]);
    });

    it('orders records of the same moment by their ids, and pages through them one by one', async () => {
      const made = await addMany(7, 7);
      expect((await pages(1)).map(({ recordId }) => recordId)).to.deep.equal(inOrder(made));
    });

    for (const limit of [1, 2, 3, 5, 11, 100]) {
      it(`shows each of eleven records once in pages of ${limit}, without gaps (A41)`, async () => {
        const made = await addMany(11, 3);
        expect((await pages(limit)).map(({ recordId }) => recordId)).to.deep.equal(inOrder(made));
      });
    }

    it('repeats and skips nothing while records are added and finished between two pages (A41)', async () => {
      const made = await addMany(9, 2);
      let added = 0;
      const between = async () => {
        added += 1;
        await add({ createdAt: second(1000 + added) });
        const claimed = made[added];
        if (claimed) await table.claim(claimed.recordId, 'e1');
      };
      expect((await pages(2, between)).map(({ recordId }) => recordId)).to.deep.equal(inOrder(made));
    });

    it('goes on after a record that was removed since', async () => {
      const made = await addMany(6, 2);
      const [first, ...rest] = await table.list(owner, { limit: 3, after: null });
      const last = rest.at(-1);
      if (!first || !last) throw new Error('there is no page');
      await table.remove(last.recordId, owner);
      const next = await table.list(owner, { limit: 10, after: positionOf(last) });
      expect(next.map(({ recordId }) => recordId)).to.deep.equal(inOrder(made).slice(3));
    });

    it('shows nobody the records of another one, whatever position they give (A5)', async () => {
      const foreign = await add({ userId: other, createdAt: second(5) });
      const mine = await add({ createdAt: second(4) });
      expect(await table.list(owner, { limit: 20, after: null })).to.deep.equal([mine]);
      expect(await table.list(owner, { limit: 20, after: positionOf(foreign) })).to.deep.equal([mine]);
      expect(await table.list(other, { limit: 20, after: null })).to.deep.equal([foreign]);
    });

    it('lists a record as it is now, with its summary', async () => {
      const { recordId } = await add();
      const summary = { durationSeconds: 2, structureScore: 50, figures: { attention: null } };
      await table.claim(recordId, 'e1');
      await table.finish(recordId, 'e1', { status: 'PARTIAL', problems: [], reportKey: 'r', summary });
      const [listed] = await table.list(owner, { limit: 1, after: null });
      expect(listed).to.deep.include({ status: 'PARTIAL', reportKey: 'r', summary });
      expect(listed).to.deep.equal(await table.read(recordId));
    });

    it('names the records of anybody whose end has come, to the millisecond (A85)', async () => {
      const now = new Date('2026-06-01T00:00:00.000Z');
      const past = await add({ keepUntil: '2026-05-31T23:59:59.999Z' });
      const exactly = await add({ userId: other, keepUntil: now.toISOString() });
      await add({ keepUntil: '2026-06-01T00:00:00.001Z' });
      await add({ keepUntil: null });
      const due = await table.due(now, 10);
      expect(inOrder(due)).to.deep.equal(inOrder([past, exactly]));
      expect(await table.due(new Date('2026-01-01T00:00:00Z'), 10)).to.deep.equal([]);
    });

    it('names at most so many that are due, and the rest when those are gone', async () => {
      const made = [];
      for (let count = 0; count < 5; count += 1) made.push(await add({ keepUntil: second(count) }));
      const now = new Date('2027-01-01T00:00:00Z');
      const gone: Record[] = [];
      for (const expected of [2, 2, 1, 0]) {
        const due = await table.due(now, 2);
        expect(due).to.have.length(expected);
        for (const { recordId, userId } of due) await table.remove(recordId, userId);
        gone.push(...due);
      }
      expect(inOrder(gone)).to.deep.equal(inOrder(made));
    });

    it('finds what is due behind many that are not, larger than one answer of a service', async () => {
      for (let count = 0; count < 25; count += 1)
        await add({ question: 'x'.repeat(50_000), keepUntil: count % 2 === 0 ? null : second(50_000_000) });
      const due = await add({ keepUntil: second(0) });
      expect(await table.due(new Date('2026-02-01T00:00:00Z'), 3)).to.deep.equal([due]);
    });

    it('removes a record of its owner once', async () => {
      const { recordId } = await add();
      expect(await table.remove(recordId, owner)).to.equal(true);
      expect(await table.read(recordId)).to.equal(null);
      expect(await table.list(owner, { limit: 20, after: null })).to.deep.equal([]);
      expect(await table.remove(recordId, owner)).to.equal(false);
    });

    it('removes neither a foreign record nor an unknown one (A5)', async () => {
      const record = await add();
      expect(await table.remove(record.recordId, other)).to.equal(false);
      expect(await table.remove(newRecordId(), owner)).to.equal(false);
      expect(await table.read(record.recordId)).to.deep.equal(record);
    });

    it('is not brought back to life by an execution that comes too late (A15)', async () => {
      const { recordId } = await add();
      await table.claim(recordId, 'e1');
      await table.remove(recordId, owner);
      const late = { status: 'SUCCEEDED', problems: [], reportKey: 'late' } as const;
      expect(await table.finish(recordId, 'e1', late)).to.equal(false);
      expect(await table.claim(recordId, 'e1')).to.equal(false);
      expect(await table.read(recordId)).to.equal(null);
      expect(await table.list(owner, { limit: 20, after: null })).to.deep.equal([]);
    });
  });
}
