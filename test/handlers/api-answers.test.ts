// Is every operation answered as the table says, and can each of its problems be met?
import { expect } from 'chai';
import { operations, type OperationId } from '../../domain/api/operations.ts';
import { problemDocumentSchema, problemTable, type ProblemCode } from '../../domain/api/problem.ts';
import { consentPolicyVersion } from '../../domain/consent.ts';
import { derivedKey, newRecordId, type RecordId } from '../../domain/ids.ts';
import type { RunView } from '../../domain/api/run-view.ts';
import { builtInQuestionSets } from '../../domain/question-sets/built-in.ts';
import { prefixOf, runOf } from '../domain/run/support/analysis-runs.ts';
import { codeOf, openWorld, seed, type Ask, type World } from './support/api-world.ts';

const set = { title: 'Mine', language: 'pt', questions: ['Por quê?'] };
const recording = { contentType: 'video/mp4', sizeBytes: 1, sha256: 'b'.repeat(64), consentPolicyVersion };
const of = (recordId: RecordId): Ask => ({ parameters: { recordId } });
const ofSet = (questionSetId: string): Ask => ({ parameters: { questionSetId } });

/** A record with a report, of which the run is known. */
async function reported(world: World): Promise<Ask> {
  const record = await seed(world, { reached: 'PROCESSING' });
  const { recordId } = record;
  const executionName = record.executionName ?? '';
  const key = derivedKey({ ...record, executionName }, 'report');
  const files = { poster: null, posterWebp: null, storyboard: null, storyboardVtt: null, speech: null };
  const report = { files: { ...files, playback: 'playback.mp4', captions: null } };
  await world.services.objects.writeJson(key, report);
  world.runs.set(executionName, await runOf());
  const summary = { durationSeconds: 60, structureScore: 75, figures: { attention: 0.9, speechRate: null } };
  await world.services.records.finish(recordId, executionName, {
    status: 'SUCCEEDED',
    problems: [],
    reportKey: key,
    summary,
  });
  return of(recordId);
}

/** A record whose analysis is under way. */
async function analysed(world: World): Promise<Ask> {
  const record = await seed(world, { reached: 'PROCESSING' });
  world.runs.set(record.executionName ?? '', prefixOf(await runOf(), 17));
  return of(record.recordId);
}

type Make = (world: World) => Promise<Ask> | Ask;
const waiting: Make = async (world) => of((await seed(world)).recordId);

const good: { readonly [Id in OperationId]: readonly Make[] } = {
  readHealth: [() => ({})],
  listRecords: [
    () => ({}),
    async (world) => (
      await reported(world),
      await analysed(world),
      await waiting(world),
      { query: { limit: '2' } }
    ),
  ],
  createRecord: [() => ({ body: recording })],
  renewUpload: [waiting],
  readRecord: [waiting, analysed, reported],
  createDownloads: [reported],
  readRun: [analysed, reported],
  cancelAnalysis: [analysed],
  deleteRecord: [waiting, analysed, reported],
  listQuestionSets: [() => ({})],
  writeQuestionSet: [() => ({ ...ofSet('mine'), body: set })],
  deleteQuestionSet: [
    async (world) => (await world.ask('writeQuestionSet', { ...ofSet('mine'), body: set }), ofSet('mine')),
  ],
  readSettings: [() => ({})],
  writeSettings: [() => ({ body: { retentionDays: 30 } })],
  deleteMe: [() => ({}), async (world) => (await reported(world), {})],
};

const nobodys: Make = () => of(newRecordId());
const builtIn = builtInQuestionSets[0]?.questionSetId ?? '';
const problems: { readonly [Id in OperationId]?: { readonly [Code in ProblemCode]?: Make } } = {
  createRecord: {
    CONSENT_OUTDATED: () => ({ body: { ...recording, consentPolicyVersion: '2020-01-01' } }),
  },
  renewUpload: { NOT_FOUND: nobodys, CONFLICT: analysed },
  readRecord: { NOT_FOUND: nobodys },
  createDownloads: { NOT_FOUND: nobodys, CONFLICT: analysed },
  readRun: { NOT_FOUND: waiting },
  cancelAnalysis: { NOT_FOUND: nobodys, CONFLICT: waiting },
  deleteRecord: { NOT_FOUND: nobodys },
  writeQuestionSet: { CONFLICT: () => ({ ...ofSet(builtIn), body: set }) },
  deleteQuestionSet: { NOT_FOUND: () => ofSet('mine'), CONFLICT: () => ofSet(builtIn) },
  writeSettings: {
    CONFLICT: (world) => {
      const { preferences } = world.services;
      world.replace({ preferences: { ...preferences, write: () => Promise.resolve(false) } });
      return { body: { retentionDays: 1 } };
    },
  },
};

describe('the answers of the API', () => {
  let world: World;
  beforeEach(async () => (world = await openWorld()));
  afterEach(() => world.close());

  for (const operation of Object.values(operations)) {
    for (const [index, make] of good[operation.id].entries())
      it(`${operation.id} is answered as the table says (${String(index + 1)})`, async () => {
        const { status, json, headers } = await world.ask(operation.id, await make(world));
        const { answer } = operation;
        expect(status).to.equal(answer.status);
        expect(json).to.deep.equal(answer.body === null ? null : answer.body.parse(json));
        expect(headers['content-type']).to.equal(answer.body === null ? undefined : 'application/json');
        expect(headers).to.include({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
        expect(world.logged).to.deep.equal([]);
      });

    for (const code of operation.problems)
      it(`${operation.id} can be answered ${code}`, async () => {
        const make = problems[operation.id]?.[code];
        expect(make, 'there is a way to meet it').to.be.a('function');
        const answer = await world.ask(operation.id, (await make?.(world)) ?? {});
        expect([codeOf(answer), answer.status]).to.deep.equal([code, problemTable[code].status]);
        expect(problemDocumentSchema.parse(answer.json)).to.deep.equal(answer.json);
        expect(answer.headers['content-type']).to.equal('application/problem+json');
      });
  }

  it('show the progress of an analysis that goes on, and each state of its run', async () => {
    const asked = await analysed(world);
    const { json } = await world.ask('readRecord', asked);
    expect(json).to.have.nested.property('progress.step', 'TRANSCRIBING');
    expect(json).to.have.nested.property('progress.percent').that.is.within(5, 95);
    const { states } = (await world.ask('readRun', asked)).json as RunView;
    expect(states.find(({ name }) => name === 'ConvertVideo')).to.include({ status: 'RUNNING', attempts: 1 });
  });
});
