// What does the API say about records: made, listed, read, and their reports?
import { expect } from 'chai';
import { operations, type OperationId } from '../../domain/api/operations.ts';
import type { Downloads, RecordView } from '../../domain/api/shapes.ts';
import { consentPolicyVersion } from '../../domain/consent.ts';
import { derivedKey, newRecordId } from '../../domain/ids.ts';
import { noPreferences } from '../../domain/preferences.ts';
import type { RecordResult } from '../../services/contracts.ts';
import { alice, bob, codeOf, openWorld, seed, type World } from './support/api-world.ts';

const wanted = {
  question: 'Why?',
  contentType: 'video/webm',
  sizeBytes: 1234,
  sha256: 'a'.repeat(64),
  consentPolicyVersion,
};
interface Created {
  readonly record: RecordView;
  readonly upload: { readonly url: string; readonly fields: { readonly [name: string]: string } };
}
interface Page {
  readonly records: readonly RecordView[];
  readonly nextCursor: string | null;
}
const finished = (reportKey: string | null): RecordResult => ({ status: 'PARTIAL', problems: [], reportKey });

describe('records in the API', () => {
  let world: World;
  beforeEach(async () => (world = await openWorld()));
  afterEach(() => world.close());

  const list = async (query: { [name: string]: string } = {}, as = alice) =>
    (await world.ask('listRecords', { query, as })).json as Page;
  const refusal = async (cursor: string, as = alice) =>
    codeOf(await world.ask('listRecords', { query: { cursor }, as }));

  /** Names of the files that a record with this report has addresses of. */
  async function reported(content: object): Promise<readonly string[]> {
    const record = await seed(world, { reached: 'PROCESSING' });
    const { recordId, executionName } = record;
    const key = derivedKey({ ...record, executionName: executionName ?? '' }, 'report');
    await world.services.objects.writeJson(key, content);
    await world.services.records.finish(recordId, executionName ?? '', finished(key));
    const answer = await world.ask('createDownloads', { parameters: { recordId } });
    expect(answer.status).to.equal(201);
    const { files, expiresAt } = answer.json as Downloads;
    expect(Date.parse(expiresAt) - Date.now()).to.be.within(3_590_000, 3_600_000);
    for (const address of Object.values(files))
      expect(address).to.include(encodeURIComponent(`/${recordId}/`));
    return Object.keys(files).toSorted();
  }

  describe('when one is made', () => {
    it('keeps who agreed to what and when, and signs a form for exactly this file (A5, A8)', async () => {
      const before = Date.now();
      const { status, json } = await world.ask('createRecord', {
        body: { ...wanted, fileName: '../x.webm' },
      });
      const { record, upload } = json as Created;
      expect([status, record.status, record.fileName]).to.deep.equal([201, 'UPLOADING', '../x.webm']);
      expect(record.consent?.policyVersion).to.equal(consentPolicyVersion);
      expect(Date.parse(record.consent?.acceptedAt ?? '')).to.be.within(before, Date.now());
      expect(record.progress).to.deep.equal({ step: 'UPLOADING', percent: 0, secondsLeft: null });
      expect(upload.fields['key']).to.equal(`uploads/alice/${record.recordId}.webm`);
      const stored = await world.services.records.read(record.recordId);
      expect(stored).to.deep.include({
        userId: alice,
        sha256: wanted.sha256,
        sizeBytes: 1234,
        keepUntil: null,
      });
    });

    it('refuses the consent to another notice than the present one', async () => {
      const body = { ...wanted, consentPolicyVersion: '2020-01-01' };
      expect(codeOf(await world.ask('createRecord', { body }))).to.equal('CONSENT_OUTDATED');
      expect((await world.services.catalogue.list(alice, { limit: 5, after: null })).length).to.equal(0);
    });

    for (const [days, kept] of [
      [30, 30],
      [3650, 365],
    ] as const)
      it(`is to be kept for ${String(kept)} days when its user wants ${String(days)} and the system 365`, async () => {
        await world.services.preferences.write(alice, { ...noPreferences, revision: 1, retentionDays: days });
        const { record } = (await world.ask('createRecord', { body: wanted })).json as Created;
        const keptMs = Date.parse(record.keepUntil ?? '') - Date.parse(record.createdAt);
        expect(keptMs / 86_400_000).to.equal(kept);
      });

    it('gets another form as long as it waits for its upload', async () => {
      const { recordId } = await seed(world);
      const answer = await world.ask('renewUpload', { parameters: { recordId } });
      expect(answer.status).to.equal(201);
      expect(answer.json).to.have.nested.property('fields.key', `uploads/alice/${recordId}.webm`);
      await world.services.records.claim(recordId, 'an-execution');
      expect(codeOf(await world.ask('renewUpload', { parameters: { recordId } }))).to.equal('CONFLICT');
    });
  });

  describe('when they are listed', () => {
    it('come page by page, the newest first, each once, and nobody else’s (A7)', async () => {
      const made = [];
      for (let day = 1; day <= 7; day += 1)
        made.push(await seed(world, { createdAt: `2026-05-0${String(day)}T00:00:00.000Z` }));
      await seed(world, { userId: bob });
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Page = await list({ limit: '3', ...(cursor === null ? {} : { cursor }) });
        seen.push(...page.records.map(({ recordId }) => recordId));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(seen).to.deep.equal(made.map(({ recordId }) => recordId).toReversed());
      expect((await list()).records[0]).to.include({ progress: null, hasReport: false, hasRun: false });
    });

    it('show no cursor when the last page is just full', async () => {
      await Promise.all([seed(world), seed(world)]);
      expect((await list({ limit: '2' })).nextCursor).to.equal(null);
    });

    it('refuse a cursor of another user, of another operation, a changed one, an old one', async () => {
      await Promise.all([seed(world), seed(world)]);
      const cursor = (await list({ limit: '1' })).nextCursor ?? '';
      expect(await refusal(cursor)).to.equal(null);
      expect(await refusal(cursor, bob)).to.equal('INVALID_REQUEST');
      const position = { createdAt: '2026-05-01T12:00:00.000Z', recordId: newRecordId() };
      const seal = (value: unknown, operation = 'listRecords') =>
        world.services.sealer.seal(JSON.stringify(value), { userId: alice, operation });
      const good = { ...position, expires: Date.now() + 1000 };
      expect(await refusal(await seal(good))).to.equal(null);
      for (const bad of [
        await seal(good, 'readRecord'),
        await seal({ ...good, expires: Date.now() - 1 }),
        await seal({ ...good, more: 1 }),
        await seal(position),
        JSON.stringify(good),
        ...Array.from(
          cursor,
          (letter, at) => cursor.slice(0, at) + (letter === 'A' ? 'B' : 'A') + cursor.slice(at + 1),
        ),
      ])
        expect(await refusal(bad), bad).to.equal('INVALID_REQUEST');
    });
  });

  describe('when one is read', () => {
    it('tells how far its analysis is, and nothing once it is closed', async () => {
      const { recordId } = await seed(world, { reached: 'PROCESSING' });
      const open = await world.ask('readRecord', { parameters: { recordId } });
      expect(open.json).to.deep.include({
        progress: { step: 'QUEUED', percent: 1, secondsLeft: null },
        hasRun: true,
      });
      const closed = await seed(world, { reached: finished(null) });
      const answer = await world.ask('readRecord', { parameters: { recordId: closed.recordId } });
      expect(answer.json).to.include({ status: 'PARTIAL', progress: null, hasReport: false });
    });

    it('keeps owner, keys and executions to itself', async () => {
      const { recordId, executionName } = await seed(world, { reached: finished('analyses/alice/secret') });
      const { text } = await world.ask('readRecord', { parameters: { recordId } });
      expect(text).not.to.match(/alice|analyses|userId|reportKey|executionName/);
      expect(text).not.to.include(executionName);
    });
  });

  describe('when a report is fetched', () => {
    const report = {
      files: {
        playback: 'playback.mp4',
        poster: 'poster.jpg',
        posterWebp: null,
        storyboard: null,
        storyboardVtt: null,
        speech: null,
        captions: 'captions.vtt',
      },
      labels: null,
      transcript: {},
      assessment: { provenance: 'local-rules' },
    };
    it('gives addresses of the files that there are, for an hour (A6)', async () => {
      const always = [
        'captions',
        'measurements',
        'playback',
        'poster',
        'report',
        'textFigures',
        'transcript',
      ];
      expect(await reported(report)).to.deep.equal(always);
      const assessment = { provenance: 'model:x' };
      expect(await reported({ ...report, labels: {}, transcript: null, assessment })).to.deep.equal([
        'assessment',
        'captions',
        'labels',
        'measurements',
        'playback',
        'poster',
        'report',
      ]);
    });

    it('says CONFLICT as long as there is none', async () => {
      for (const reached of ['PROCESSING', finished(null)] as const) {
        const { recordId } = await seed(world, { reached });
        expect(codeOf(await world.ask('createDownloads', { parameters: { recordId } }))).to.equal('CONFLICT');
      }
    });
  });

  const ofRecord = (Object.keys(operations) as OperationId[]).filter((id) =>
    operations[id].path.includes('{recordId}'),
  );
  for (const id of ofRecord)
    it(`${id}: answers a foreign id, one that nobody has and one that cannot be one alike (A6, A7)`, async () => {
      const foreign = await seed(world, { userId: bob, reached: finished('report') });
      const texts = [];
      for (const recordId of [
        foreign.recordId,
        newRecordId(),
        '../../secrets',
        foreign.recordId.toLowerCase(),
      ])
        texts.push((await world.ask(id, { parameters: { recordId } })).text);
      expect(new Set(texts).size, texts.join('\n')).to.equal(1);
      expect(texts[0]).to.include('NOT_FOUND');
      expect(await world.services.records.read(foreign.recordId)).to.deep.equal(foreign);
    });

  it('has no run to look at before its execution has begun', async () => {
    const { recordId } = await seed(world, { reached: 'PROCESSING' });
    expect(codeOf(await world.ask('readRun', { parameters: { recordId } }))).to.equal('NOT_FOUND');
  });
});
