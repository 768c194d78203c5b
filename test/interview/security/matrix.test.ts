// Who may ask for what? Every operation of the table, by everybody who may not, behind the deployed authorisation (A6).
import { expect } from 'chai';
import { operations, type OperationId } from '../../../domain/api/operations.ts';
import { newRecordId } from '../../../domain/ids.ts';
import { runOf } from '../../domain/run/support/analysis-runs.ts';
import {
  openAttackedApi,
  other,
  owner,
  seed,
  type AttackedApi,
  type Request,
} from './support/attacked-api.ts';
import { happyCalls, recording, type Ground } from './support/happy-calls.ts';
import { refusedTokens } from './support/tokens.ts';

const ids = Object.keys(operations) as readonly OperationId[];
const guarded = ids.filter((id) => operations[id].access === 'user');
const about = (kind: 'record' | 'question-set') => ids.filter((id) => happyCalls[id].names === kind);

describe('the API behind a user pool', function () {
  this.timeout(20_000);
  let api: AttackedApi;
  let ground: Ground;
  beforeEach(async () => {
    api = await openAttackedApi();
    ground = { services: api.services, addRun: async (name) => void api.runs.set(name, await runOf()) };
  });
  afterEach(() => api.close());

  it('is attacked as a whole: each operation of the table has its call here, and only readHealth is public', () => {
    expect(Object.keys(happyCalls).toSorted()).to.deep.equal([...ids].toSorted());
    expect(ids.filter((id) => !guarded.includes(id))).to.deep.equal(['readHealth']);
    for (const id of ids)
      expect(happyCalls[id].names === 'nothing', id).to.equal(!operations[id].path.includes('{'));
  });

  for (const id of ids)
    it(`${id} is answered for its owner as the table says`, async () => {
      const asked = await happyCalls[id].make(ground, owner);
      expect((await api.ask(id, asked, { as: owner })).status).to.equal(operations[id].answer.status);
    });

  for (const id of guarded)
    it(`${id} is refused to everybody whose token is not good, alike, and nothing has changed`, async () => {
      const asked = await happyCalls[id].make(ground, owner);
      const before = await api.state();
      const answers = await Promise.all(
        Object.entries(refusedTokens).map(async ([what, make]) => {
          const seen = await api.ask(id, asked, { as: await make(owner, other) });
          expect(seen.status, what).to.equal(401);
          return JSON.stringify(seen);
        }),
      );
      expect(new Set(answers).size).to.equal(1);
      expect(await api.state()).to.deep.equal(before);
      expect((await api.ask(id, asked, { as: owner })).status).to.equal(operations[id].answer.status);
    });

  it('readHealth says the same to everybody, whatever they show', async () => {
    for (const make of Object.values(refusedTokens))
      expect((await api.ask('readHealth', {}, { as: await make(owner, other) })).text).to.equal(
        '{"status":"ok"}',
      );
  });

  for (const id of about('record'))
    it(`${id} of somebody else’s record is answered as one of no record, and nothing has changed (A6, A7)`, async () => {
      const asked = await happyCalls[id].make(ground, owner);
      const before = await api.state();
      const foreign = await api.ask(id, asked, { as: other });
      const nobodys = { ...asked, parameters: { recordId: newRecordId() } };
      expect(foreign).to.deep.equal(await api.ask(id, nobodys, { as: other }));
      expect(foreign.status).to.equal(404);
      expect(await api.state()).to.deep.equal(before);
      expect((await api.ask(id, asked, { as: owner })).status).to.equal(operations[id].answer.status);
    });

  for (const id of about('question-set'))
    it(`${id} by somebody else reaches only their own set of that name`, async () => {
      await happyCalls.deleteQuestionSet.make(ground, owner);
      const asked = await happyCalls[id].make(ground, other);
      const before = await api.services.preferences.read(owner);
      expect((await api.ask(id, asked, { as: other })).status).to.equal(operations[id].answer.status);
      expect(await api.services.preferences.read(owner)).to.deep.equal(before);
    });

  it('deleteQuestionSet of a set that only somebody else has is answered as one of no set', async () => {
    const asked = await happyCalls.deleteQuestionSet.make(ground, owner);
    const foreign = await api.ask('deleteQuestionSet', asked, { as: other });
    const nobodys = await api.ask('deleteQuestionSet', { parameters: { questionSetId: 'x' } }, { as: other });
    expect(foreign).to.deep.equal(nobodys);
    expect(foreign.status).to.equal(404);
  });

  it('shows nobody else’s rows in any list, however many pages they have', async () => {
    const mine = new Set<string>();
    for (let count = 0; count < 6; count += 1) {
      await seed(api, owner);
      mine.add((await seed(api, other)).recordId);
    }
    await happyCalls.deleteQuestionSet.make(ground, owner);
    const listed: string[] = [];
    let query: Request['query'] = { limit: '2' };
    for (let page = 0; page < 3; page += 1) {
      const { text } = await api.ask('listRecords', { query }, { as: other });
      const { records, nextCursor } = operations.listRecords.answer.body.parse(JSON.parse(text));
      listed.push(...records.map(({ recordId }) => recordId));
      query = { limit: '2', ...(nextCursor === null ? {} : { cursor: nextCursor }) };
    }
    expect(new Set(listed)).to.deep.equal(mine);
    expect(listed).to.have.length(mine.size);
    expect((await api.ask('listQuestionSets', {}, { as: other })).text).not.to.contain('"mine"');
  });

  it('changes nothing of anybody else when a user changes or deletes everything of theirs', async () => {
    for (const id of ids) await happyCalls[id].make(ground, owner);
    const before = await api.state();
    const writing = ids.filter((id) => happyCalls[id].names === 'nothing' && operations[id].method !== 'GET');
    for (const id of [...writing.filter((one) => one !== 'deleteMe'), 'deleteMe'] as const)
      expect(
        (await api.ask(id, await happyCalls[id].make(ground, other), { as: other })).status,
        id,
      ).to.equal(operations[id].answer.status);
    expect(await api.state()).to.deep.equal(before);
    expect([...api.accounts]).to.deep.equal([owner]);
  });

  it('lets no body and no query say whose a record is', async () => {
    for (const name of ['userId', 'user_id', 'sub', 'owner', 'recordId']) {
      const body = { ...recording, [name]: owner };
      expect((await api.ask('createRecord', { body }, { as: other })).status, name).to.equal(400);
      const query = { [name]: owner };
      expect((await api.ask('listRecords', { query }, { as: other })).status, name).to.equal(400);
    }
    expect(await api.services.catalogue.list(owner, { limit: 10, after: null })).to.deep.equal([]);
  });
});
