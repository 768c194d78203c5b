// What happens to ids that nobody was given, and to texts that look like paths or pages? The first are nothing, the second texts.
import { expect } from 'chai';
import { operations, type OperationId } from '../../../domain/api/operations.ts';
import { openAttackedApi, owner, seed, type AttackedApi } from './support/attacked-api.ts';
import { objectFiles } from './support/folder-state.ts';
import { happyCalls, recording } from './support/happy-calls.ts';

const ids = Object.keys(operations) as readonly OperationId[];
const ofRecords = ids.filter((id) => happyCalls[id].names === 'record');
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.split('');

/** Ids near to one that there is, and ways to write it that are not its own. */
const guesses = (id: string): readonly string[] => [
  ...letters.filter((one) => !id.endsWith(one)).map((one) => id.slice(0, -1) + one),
  ...[0, 9, 10, 25].map((at) => id.slice(0, at) + (id[at] === '0' ? '1' : '0') + id.slice(at + 1)),
  id.toLowerCase(),
  id[0] + id.slice(1).toLowerCase(),
  `${id}0`,
  `0${id}`,
  id.slice(1),
  id + id,
  `${id} `,
  ` ${id}`,
  `${id}\n`,
  `${id}\u0000`,
  `${id}\u0000.webm`,
  `${id}%00`,
  `${id}/`,
  `${id}/../${id}`,
  `../${id}`,
  `..%2f${id}`,
  `%2e%2e/${id}`,
  `./${id}`,
  `\\${id}`,
  '..',
  '.',
  '/',
  '%2f',
  '*',
  '%',
  '_',
  id.replace('0', 'O'),
  id.replace('0', '\uff10'),
  id.replace('0', '\u0660'),
  `${id}\u200b`,
  `\ufeff${id}`,
  `${id}' OR '1'='1`,
  `${id}";--`,
  `${id}\u0301`,
  'A'.repeat(10_000),
  '__proto__',
  'constructor',
  'null',
  '0',
];

/** Texts that would be something if anybody took them for more than texts. */
const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '../../../../secret',
  '..\\..\\windows\\system32',
  'C:\\file.webm',
  "'; DROP TABLE records; --",
  '${7*7}{{7*7}}%s%n',
  'a\u0000b.webm',
  '\r\nset-cookie: a=b',
  '\u202egnp.exe',
  '\u{1f600}\u0301 日本語',
  '__proto__',
  '-rf',
  '|cat ',
  '%2e%2e%2f',
  '\u2028\u2029',
];

describe('an id that was guessed', function () {
  this.timeout(20_000);
  let api: AttackedApi;
  beforeEach(async () => (api = await openAttackedApi()));
  afterEach(() => api.close());

  for (const id of ofRecords)
    it(`is as unknown to ${id} as every other, and nothing has changed`, async () => {
      const { recordId } = await seed(api, owner);
      const before = await api.state();
      const answers = new Set<string>();
      for (const guess of guesses(recordId).filter((one) => one !== recordId)) {
        const seen = await api.ask(id, { parameters: { recordId: guess } }, { as: owner });
        expect(seen.status, guess).to.equal(404);
        answers.add(JSON.stringify(seen));
      }
      expect(answers.size).to.equal(1);
      expect(await api.state()).to.deep.equal(before);
    });

  it('names no set of questions unless it is one’s name', async () => {
    const { body } = await happyCalls.writeQuestionSet.make(
      { services: api.services, addRun: () => undefined },
      owner,
    );
    for (const questionSetId of [
      '__proto__',
      '../x',
      'a/b',
      'A',
      'ä',
      'a\u0000',
      '',
      'a'.repeat(65),
      'a b',
      '%2e',
    ]) {
      const asked = { parameters: { questionSetId }, body };
      const { status } = await api.ask('writeQuestionSet', asked, { as: owner });
      expect(status, questionSetId).to.equal(400);
    }
    for (const questionSetId of ['constructor', 'tostring', '0', '-', 'null'])
      for (const id of ['writeQuestionSet', 'deleteQuestionSet', 'deleteQuestionSet'] as const) {
        const asked = { parameters: { questionSetId }, ...(id === 'writeQuestionSet' ? { body } : {}) };
        expect((await api.ask(id, asked, { as: owner })).status).to.be.oneOf([200, 204, 404]);
      }
    expect((await api.services.preferences.read(owner)).questionSets).to.deep.equal([]);
  });

  it('names no sitting unless it is a ULID, and no file in any case', async () => {
    for (const sessionId of [...hostile, '', 'a'.repeat(300), '01ARZ3NDEKTSV4RRFFQ69G5FA/', 7, {}, ['x']]) {
      const body = { ...recording, sessionId };
      expect(
        (await api.ask('createRecord', { body }, { as: owner })).status,
        JSON.stringify(sessionId),
      ).to.equal(400);
    }
    expect(await objectFiles(api.folder)).to.deep.equal([]);
  });
});

describe('a hostile text', function () {
  this.timeout(20_000);
  let api: AttackedApi;
  beforeEach(async () => (api = await openAttackedApi()));
  afterEach(() => api.close());

  for (const text of hostile)
    it(`${JSON.stringify(text)} comes back as it was, and is no part of any name`, async () => {
      const given = { fileName: text, question: `a${text}b`, sessionId: '01arz3ndektsv4rrffq69g5fav' };
      const own = [text, `a${text}b`];
      const created = await api.ask('createRecord', { body: { ...recording, ...given } }, { as: owner, own });
      const { record, upload } = operations.createRecord.answer.body.parse(JSON.parse(created.text));
      expect(record).to.deep.include(given);
      expect(upload.fields['key']).to.equal(`uploads/${owner}/${record.recordId}.webm`);
      expect(Buffer.from(upload.fields['policy'] ?? '', 'base64').toString()).not.to.contain(text);
      const { recordId } = record;
      const seen = await api.ask('readRecord', { parameters: { recordId } }, { as: owner, own });
      expect(JSON.parse(seen.text)).to.deep.include(given);
      expect(await objectFiles(api.folder)).to.deep.equal([]);
    });

  it('of broken Unicode is kept without harm, and the list goes on', async () => {
    const given = { fileName: '\ud800', question: 'a\udfffb' };
    const { status } = await api.ask('createRecord', { body: { ...recording, ...given } }, { as: owner });
    expect(status).to.be.oneOf([201, 400]);
    expect((await api.ask('listRecords', {}, { as: owner })).status).to.equal(200);
  });

  it('in a set of questions comes back as it was', async () => {
    const questions = hostile.map((text) => `a${text}b`);
    const body = { title: 'a<b>"c', language: 'en', questions };
    const asked = { parameters: { questionSetId: 'mine' }, body };
    const seen = await api.ask('writeQuestionSet', asked, { as: owner, own: questions });
    expect(JSON.parse(seen.text)).to.deep.include(body);
    const listed = await api.ask('listQuestionSets', {}, { as: owner, own: questions });
    const { questionSets } = operations.listQuestionSets.answer.body.parse(JSON.parse(listed.text));
    expect(questionSets.at(-1)).to.deep.include(body);
  });
});
