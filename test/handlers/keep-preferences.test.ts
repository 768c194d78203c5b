// How are a user's own questions and settings kept?
import { expect } from 'chai';
import { mostOwnSets, type QuestionSet } from '../../domain/question-sets.ts';
import { builtInQuestionSets } from '../../domain/question-sets/built-in.ts';
import { alice, bob, codeOf, openWorld, type Ask, type World } from './support/api-world.ts';

const draft = { title: ' My own ', language: 'en', questions: ['Why?'] };

describe('questions and settings of a user', () => {
  let world: World;
  beforeEach(async () => (world = await openWorld()));
  afterEach(() => world.close());

  const write = (questionSetId: string, body: object = draft, more: Ask = {}) =>
    world.ask('writeQuestionSet', { parameters: { questionSetId }, body, ...more });
  const sets = async (as = alice) =>
    ((await world.ask('listQuestionSets', { as })).json as { questionSets: QuestionSet[] }).questionSets;
  const own = async (as = alice) => (await sets(as)).filter(({ origin }) => origin === 'own');

  it('begin with what is built in, in both languages', async () => {
    expect(await sets()).to.deep.equal(builtInQuestionSets);
    expect((await world.ask('readSettings')).json).to.deep.equal({
      retentionDays: null,
      longestRetentionDays: 365,
    });
  });

  it('are written, replaced in their place and deleted, each user’s for themselves', async () => {
    const answer = await write('one');
    const written = { ...draft, title: 'My own', questionSetId: 'one', origin: 'own' };
    expect([answer.status, answer.json]).to.deep.equal([200, written]);
    await write('two');
    await write('one', { ...draft, title: 'Changed' });
    expect((await own()).map(({ title }) => title)).to.deep.equal(['Changed', 'My own']);
    expect(await own(bob)).to.deep.equal([]);
    const gone = await world.ask('deleteQuestionSet', { parameters: { questionSetId: 'one' } });
    expect([gone.status, gone.text]).to.deep.equal([204, '']);
    expect((await own()).map(({ questionSetId }) => questionSetId)).to.deep.equal(['two']);
    const again = await world.ask('deleteQuestionSet', { parameters: { questionSetId: 'one' } });
    expect(codeOf(again)).to.equal('NOT_FOUND');
  });

  it('never touch what is built in', async () => {
    const questionSetId = builtInQuestionSets[0]?.questionSetId ?? '';
    expect(codeOf(await write(questionSetId))).to.equal('CONFLICT');
    expect(codeOf(await world.ask('deleteQuestionSet', { parameters: { questionSetId } }))).to.equal(
      'CONFLICT',
    );
  });

  it('hold fifty sets of one’s own, and less when they are very long', async () => {
    const questionSets = Array.from({ length: mostOwnSets }, (_, n) => ({
      ...draft,
      language: 'en' as const,
      questionSetId: `set-${String(n)}`,
      origin: 'own' as const,
    }));
    await world.services.preferences.write(alice, { revision: 1, questionSets, retentionDays: null });
    expect(codeOf(await write('one-more'))).to.equal('CONFLICT');
    expect((await write('set-7', { ...draft, title: 'Replaced' })).status).to.equal(200);
    const long = { ...draft, questions: Array.from({ length: 50 }, () => '𝕏'.repeat(250)) };
    const codes = [];
    for (let n = 0; n < 7; n += 1) codes.push(codeOf(await write(`long-${String(n)}`, long, { as: bob })));
    expect(codes).to.deep.equal([null, null, null, null, null, null, 'CONFLICT']);
  });

  it('refuse an id that could not be one, a set without questions and a language that the app does not have', async () => {
    for (const id of ['Große', '../x', '', 'a'.repeat(65)])
      expect(codeOf(await write(id))).to.equal('INVALID_REQUEST');
    for (const body of [
      { ...draft, questions: [] },
      { ...draft, language: 'de' },
      { ...draft, origin: 'built-in' },
    ])
      expect(codeOf(await write('one', body))).to.equal('INVALID_REQUEST');
  });

  it('survive changes at the same time, none of which is lost', async () => {
    const made = await Promise.all(['a', 'b', 'c', 'd'].map((id) => write(id)));
    expect(made.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200]);
    expect(new Set((await own()).map(({ questionSetId }) => questionSetId)).size).to.equal(4);
  });

  it('give a change up when others are always faster', async () => {
    let tries = 0;
    const slow = async () => ((tries += 1), false);
    world.replace({ preferences: { ...world.services.preferences, write: slow } });
    expect(codeOf(await world.ask('writeSettings', { body: { retentionDays: 3 } }))).to.equal('CONFLICT');
    expect(tries).to.equal(4);
  });

  it('promise no longer retention than the system has', async () => {
    const answer = await world.ask('writeSettings', { body: { retentionDays: 3000 } });
    expect(answer.json).to.deep.equal({ retentionDays: 365, longestRetentionDays: 365 });
  });

  it('keep a wish about retention beside the questions', async () => {
    await write('one');
    const answer = await world.ask('writeSettings', { body: { retentionDays: 30 } });
    expect(answer.json).to.deep.equal({ retentionDays: 30, longestRetentionDays: 365 });
    expect((await world.ask('readSettings')).json).to.deep.equal(answer.json);
    expect((await own()).length).to.equal(1);
    expect((await world.ask('writeSettings', { body: { retentionDays: null } })).json).to.deep.include({
      retentionDays: null,
    });
  });
});
