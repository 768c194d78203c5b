// What must every table of records do for those who run the system?
import { expect } from 'chai';
import { newRecordId, type RecordId } from '../../../domain/ids.ts';
import type { RecordTable } from '../../../services/contracts.ts';
import type { Ledger } from '../../../services/operations.ts';
import { newRecord } from './record-table.ts';

type Table = Pick<RecordTable, 'claim' | 'create' | 'finish' | 'read'> & Pick<Ledger, 'records' | 'reopen'>;

/** `make` gives a new, empty table. */
export function describeRecordLedger(name: string, make: () => Promise<Table>): void {
  describe(`${name} as a ledger of records`, () => {
    let table: Table;
    const failedRecord = async (execution: string): Promise<RecordId> => {
      const id = newRecordId();
      await table.create(newRecord(id));
      await table.claim(id, execution);
      const problems = [{ code: 'UPSTREAM', message: 'A service failed.' }] as const;
      await table.finish(id, execution, { status: 'FAILED', problems, reportKey: null });
      return id;
    };

    beforeEach(async () => {
      table = await make();
    });

    it('lists the records of the wanted states only', async () => {
      const open = newRecordId();
      await table.create(newRecord(open));
      const failed = await failedRecord('e1');
      expect((await table.records(['UPLOADING'])).map(({ recordId }) => recordId)).to.deep.equal([open]);
      expect(await table.records(['UPLOADING', 'FAILED'])).to.have.length(2);
      expect((await table.records(['FAILED']))[0]).to.deep.equal(await table.read(failed));
      expect(await table.records(['SUCCEEDED'])).to.deep.equal([]);
      expect(await table.records([])).to.deep.equal([]);
    });

    it('lists more records than one answer of a service holds', async () => {
      for (let count = 0; count < 30; count += 1)
        await table.create({ ...newRecord(newRecordId()), question: 'x'.repeat(50_000) });
      expect(await table.records(['UPLOADING'])).to.have.length(30);
    });

    it('opens a failed record again, one attempt further and without its old problems', async () => {
      const id = await failedRecord('e1');
      expect(await table.reopen(id, 'e1')).to.equal(true);
      const reopened = { status: 'UPLOADING', attempt: 1, executionName: null, reportKey: null };
      expect(await table.read(id)).to.deep.include({ ...reopened, problems: [] });
      expect(await table.claim(id, 'e2')).to.equal(true);
    });

    it('opens a record once only, for the execution that failed and for no other', async () => {
      const id = await failedRecord('e1');
      expect(await table.reopen(id, 'e2')).to.equal(false);
      expect(await table.reopen(id, 'e1')).to.equal(true);
      expect(await table.reopen(id, 'e1')).to.equal(false);
      expect(await table.reopen(newRecordId(), 'e1')).to.equal(false);
    });

    it('never opens a record that has its result', async () => {
      const id = newRecordId();
      await table.create(newRecord(id));
      await table.claim(id, 'e1');
      expect(await table.reopen(id, 'e1')).to.equal(false);
      await table.finish(id, 'e1', { status: 'SUCCEEDED', problems: [], reportKey: 'r' });
      expect(await table.reopen(id, 'e1')).to.equal(false);
      expect(await table.read(id)).to.include({ status: 'SUCCEEDED', attempt: 0 });
    });

    it('lets nothing of the earlier attempt into the reopened record', async () => {
      const id = await failedRecord('e1');
      await table.reopen(id, 'e1');
      await table.claim(id, 'e2');
      const late = { status: 'SUCCEEDED', problems: [], reportKey: 'late' } as const;
      expect(await table.finish(id, 'e1', late)).to.equal(false);
    });
  });
}
