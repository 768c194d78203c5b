// What must every record table do?
import { expect } from 'chai';
import { ulid } from 'ulid';
import { newRecordId, userIdSchema } from '../../../domain/ids.ts';
import type { RecordId } from '../../../domain/ids.ts';
import { newRecord as createdRecord, type Record, type RecordSummary } from '../../../domain/record.ts';
import type { RecordResult, RecordTable } from '../../../services/contracts.ts';
import { thrownBy } from './object-store.ts';

/** A record as it is when its upload was allowed. */
export const newRecord = (recordId: RecordId): Record => ({
  ...createdRecord({
    recordId,
    userId: userIdSchema.parse('user-1'),
    now: new Date('2026-01-02T03:04:05.678Z'),
  }),
  fileName: 'my answer; DROP TABLE records.webm',
  question: 'Why “us”? \u0000 \u{1f642}',
});

const summary: RecordSummary = {
  durationSeconds: 61.25,
  structureScore: null,
  figures: { attention: 0.75, facePresence: null },
};

/** What a browser's upload and a finished report add to a record. */
const filledRecord = (recordId: RecordId): Record => ({
  ...newRecord(recordId),
  ...partial,
  problems: [...partial.problems],
  language: 'pt-BR',
  executionName: 'e1',
  sha256: 'ab'.repeat(32),
  sizeBytes: 1_234_567_890,
  contentType: 'video/webm',
  sessionId: ulid(),
  consent: { policyVersion: '2026-11-21', acceptedAt: '2026-11-21T08:00:00.000Z' },
  keepUntil: '2027-02-19T08:00:00.000Z',
  summary,
});

const succeeded: RecordResult = { status: 'SUCCEEDED', problems: [], reportKey: 'analyses/report.json' };
const partial: RecordResult = {
  status: 'PARTIAL',
  problems: [{ code: 'NO_AUDIO', message: 'The recording has no sound.' }],
  reportKey: 'analyses/report.json',
};
const failed: RecordResult = {
  status: 'FAILED',
  problems: [{ code: 'EMPTY', message: 'The file is empty.' }],
  reportKey: null,
};

/** `make` gives a new, empty table. */
export function describeRecordTable(name: string, make: () => Promise<RecordTable>): void {
  describe(`${name} as a record table`, () => {
    let table: RecordTable;
    let id: RecordId;

    beforeEach(async () => {
      table = await make();
      id = newRecordId();
    });

    it('reads back a record exactly, and null for an unknown id', async () => {
      expect(await table.read(id)).to.equal(null);
      expect(await table.create(newRecord(id))).to.equal(true);
      expect(await table.read(id)).to.deep.equal(newRecord(id));
      const filled = filledRecord(newRecordId());
      await table.create(filled);
      expect(await table.read(filled.recordId)).to.deep.equal(filled);
    });

    it('does not create an id twice and leaves the first record alone', async () => {
      await table.create(newRecord(id));
      expect(await table.create({ ...newRecord(id), question: 'another' })).to.equal(false);
      expect(await table.read(id)).to.deep.equal(newRecord(id));
    });

    it('creates the same record again, as long as nothing has happened to it', async () => {
      const filled = { ...newRecord(id), problems: [...partial.problems] };
      await table.create(filled);
      expect(await table.create(structuredClone(filled))).to.equal(true);
      expect(await table.create({ ...filled, problems: [] })).to.equal(false);
      await table.claim(id, 'e1');
      expect(await table.create(filled)).to.equal(false);
      expect(await table.read(id)).to.include({ status: 'PROCESSING' });
    });

    it('refuses to store a number that is none (A61)', async () => {
      const broken = { ...newRecord(id), attempt: Number.NaN };
      expect(await thrownBy(table.create(broken))).to.include({ name: 'InternalError' });
      expect(await table.read(id)).to.equal(null);
    });

    it('claims an uploading record for one execution only, again and again for that one', async () => {
      await table.create(newRecord(id));
      expect(await table.claim(id, 'e1')).to.equal(true);
      expect(await table.claim(id, 'e1')).to.equal(true);
      expect(await table.claim(id, 'e2')).to.equal(false);
      expect(await table.read(id)).to.include({ status: 'PROCESSING', executionName: 'e1' });
    });

    it('claims and finishes nothing where there is no record (A15)', async () => {
      expect(await table.claim(id, 'e1')).to.equal(false);
      expect(await table.finish(id, 'e1', succeeded)).to.equal(false);
      expect(await table.read(id)).to.equal(null);
    });

    it('gives one winner among 20 parallel claims', async () => {
      await table.create(newRecord(id));
      const names = Array.from({ length: 20 }, (_, index) => `e${index}`);
      const claims = await Promise.all(names.map((execution) => table.claim(id, execution)));
      expect(claims.filter(Boolean)).to.have.lengthOf(1);
      expect((await table.read(id))?.executionName).to.equal(names[claims.indexOf(true)]);
    });

    it('keeps consent, end and what was uploaded when the record is claimed and finished (A84)', async () => {
      const { consent, keepUntil, sizeBytes, contentType, sessionId, sha256 } = filledRecord(id);
      const uploaded = { consent, keepUntil, sizeBytes, contentType, sessionId, sha256 };
      await table.create({ ...newRecord(id), ...uploaded });
      await table.claim(id, 'e1');
      expect(await table.read(id)).to.deep.include({ ...uploaded, summary: null });
      await table.finish(id, 'e1', { ...succeeded, summary });
      expect(await table.read(id)).to.deep.include({ ...uploaded, summary });
    });

    it('finishes with one summary, the same one again and again', async () => {
      await table.create(newRecord(id));
      await table.claim(id, 'e1');
      const { figures } = summary;
      const sameInAnotherOrder = {
        figures: { facePresence: null, attention: figures.attention ?? null },
        structureScore: null,
        durationSeconds: 61.25,
      };
      expect(await table.finish(id, 'e1', { ...succeeded, summary })).to.equal(true);
      expect(await table.finish(id, 'e1', { ...succeeded, summary: sameInAnotherOrder })).to.equal(true);
      const longer = { ...summary, durationSeconds: 62 };
      expect(await table.finish(id, 'e1', { ...succeeded, summary: longer })).to.equal(false);
      expect(await table.finish(id, 'e1', succeeded)).to.equal(false);
      expect((await table.read(id))?.summary).to.deep.equal(summary);
    });

    it('refuses a summary with a number that is none (A61)', async () => {
      await table.create(newRecord(id));
      await table.claim(id, 'e1');
      const broken = { ...succeeded, summary: { ...summary, durationSeconds: Number.NaN } };
      expect(await thrownBy(table.finish(id, 'e1', broken))).to.include({ name: 'InternalError' });
      expect(await table.read(id)).to.include({ status: 'PROCESSING' });
    });

    it('does not claim a record that failed before an execution began', async () => {
      await table.create({ ...newRecord(id), status: 'FAILED' });
      expect(await table.claim(id, 'e1')).to.equal(false);
      expect((await table.read(id))?.status).to.equal('FAILED');
    });

    for (const result of [succeeded, partial, failed]) {
      it(`finishes as ${result.status} once, and says so again for the same result`, async () => {
        await table.create(newRecord(id));
        await table.claim(id, 'e1');
        expect(await table.finish(id, 'e1', result)).to.equal(true);
        const first = await table.read(id);
        expect(first).to.deep.include({ ...result, executionName: 'e1' });
        expect(await table.finish(id, 'e1', result)).to.equal(true);
        expect(await table.read(id)).to.deep.equal(first);
      });

      it(`never undoes ${result.status} (A15)`, async () => {
        await table.create(newRecord(id));
        await table.claim(id, 'e1');
        await table.finish(id, 'e1', result);
        const first = await table.read(id);
        for (const other of [succeeded, partial, failed].filter((one) => one !== result)) {
          expect(await table.finish(id, 'e1', other)).to.equal(false);
        }
        expect(await table.finish(id, 'e2', result)).to.equal(false);
        expect(await table.claim(id, 'e2')).to.equal(false);
        await table.claim(id, 'e1');
        expect(await table.read(id)).to.deep.equal(first);
      });
    }

    it('lets only the execution that claimed the record finish it, and not before it did', async () => {
      await table.create(newRecord(id));
      expect(await table.finish(id, 'e1', succeeded)).to.equal(false);
      await table.claim(id, 'e1');
      expect(await table.finish(id, 'e2', succeeded)).to.equal(false);
      expect((await table.read(id))?.status).to.equal('PROCESSING');
    });

    it('finishes with one result when two are written at once', async () => {
      await table.create(newRecord(id));
      await table.claim(id, 'e1');
      const answers = await Promise.all([table.finish(id, 'e1', succeeded), table.finish(id, 'e1', failed)]);
      expect(answers.filter(Boolean)).to.have.lengthOf(1);
      expect((await table.read(id))?.status).to.equal(answers[0] ? 'SUCCEEDED' : 'FAILED');
    });

    it('moves updatedAt, and createdAt never', async () => {
      await table.create(newRecord(id));
      await table.claim(id, 'e1');
      const claimed = await table.read(id);
      expect(claimed?.createdAt).to.equal(newRecord(id).createdAt);
      expect(Date.parse(claimed?.updatedAt ?? '')).to.be.greaterThan(Date.parse(newRecord(id).updatedAt));
    });
  });
}
