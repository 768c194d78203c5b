// Does API Gateway take every body that the contract takes, and few others?
import { expect } from 'chai';
import { z } from 'zod';
import { bodySchemaOf, type JsonSchema } from '../../components/api-models.ts';
import type { Operation } from '../../domain/api/operation.ts';
import { operations } from '../../domain/api/operations.ts';

const sha256 = 'a'.repeat(64);
const ulid = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const recording = {
  contentType: 'video/webm',
  sizeBytes: 1,
  sha256,
  consentPolicyVersion: '2026-11-21',
};
const question = 'What was your hardest day?';
const set = { title: 'My own', language: 'pt', questions: [question] };

type WithBody = 'createRecord' | 'writeQuestionSet' | 'writeSettings';

const accepted: Readonly<Record<WithBody, readonly object[]>> = {
  createRecord: [
    recording,
    { ...recording, question: null, language: null, fileName: null, sessionId: null },
    { ...recording, question, language: 'pt-BR', fileName: '../<b>.webm', sessionId: ulid },
    { ...recording, contentType: 'video/mp4', sizeBytes: 2_147_483_648 },
  ],
  writeQuestionSet: [set, { ...set, questions: Array.from({ length: 50 }, () => 'é'.repeat(500)) }],
  writeSettings: [{ retentionDays: null }, { retentionDays: 1 }, { retentionDays: 3650 }],
};

const refused: Readonly<Record<WithBody, readonly unknown[]>> = {
  createRecord: [
    null,
    [],
    'text',
    1,
    {},
    { ...recording, userId: 'somebody' },
    { ...recording, __proto__: null, constructor: {} },
    { ...recording, sizeBytes: 0 },
    { ...recording, sizeBytes: -1 },
    { ...recording, sizeBytes: 1.5 },
    { ...recording, sizeBytes: '1' },
    { ...recording, sizeBytes: 2_147_483_649 },
    { ...recording, contentType: 'text/html' },
    { ...recording, sha256: 'A'.repeat(64) },
    { ...recording, sha256: `${sha256}0` },
    { ...recording, question: '' },
    { ...recording, question: 'a'.repeat(501) },
    { ...recording, question: { $ne: null } },
    { ...recording, language: 'en_US; drop' },
    { ...recording, fileName: 'a'.repeat(256) },
    { ...recording, sessionId: '../../etc' },
    { ...recording, consentPolicyVersion: 'yesterday' },
    { ...recording, consentPolicyVersion: '2026-02-30' },
  ],
  writeQuestionSet: [
    { ...set, questions: [] },
    { ...set, questions: Array.from({ length: 51 }, () => question) },
    { ...set, questions: [[question]] },
    { ...set, language: 'de' },
    { ...set, title: 'a'.repeat(121) },
    { ...set, origin: 'built-in' },
  ],
  writeSettings: [
    {},
    { retentionDays: 0 },
    { retentionDays: 3651 },
    { retentionDays: 1.5 },
    { retentionDays: '7' },
    { retentionDays: 7, longestRetentionDays: 9999 },
  ],
};

const named = Object.entries(operations) as [string, Operation][];
const schemaOf = (id: string): JsonSchema => {
  const schema = bodySchemaOf(operations[id as WithBody]);
  if (schema === null) throw new Error(`${id} has no body`);
  return schema;
};
const takes = (id: string, body: unknown): boolean =>
  z.fromJSONSchema(schemaOf(id), { defaultTarget: 'draft-4' }).safeParse(body).success;

/** Every keyword of a schema; names of properties are no keywords. */
function keywordsIn(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(keywordsIn);
  const below = Object.entries(schema).flatMap(([keyword, value]: [string, object]) =>
    keyword === 'properties' ? Object.values(value).flatMap(keywordsIn) : keywordsIn(value),
  );
  return Object.keys(schema).concat(below);
}

describe('the models of bodies', () => {
  it('are there for every operation with a body, and are tried out here', () => {
    const withBody = named.filter(([, { body }]) => body !== null).map(([id]) => id);
    expect(withBody).to.have.members(Object.keys(accepted));
    for (const [, operation] of named.filter(([, { body }]) => body === null))
      expect(bodySchemaOf(operation)).to.equal(null);
  });

  for (const [id, bodies] of Object.entries(accepted)) {
    it(`of ${id} take what the contract takes`, () => {
      for (const body of bodies) {
        expect(operations[id as WithBody].body.safeParse(body).success, JSON.stringify(body)).to.equal(true);
        expect(takes(id, body), JSON.stringify(body)).to.equal(true);
      }
    });
  }

  for (const [id, bodies] of Object.entries(refused)) {
    it(`of ${id} refuse hostile bodies before a function runs`, () => {
      for (const body of bodies) {
        expect(operations[id as WithBody].body.safeParse(body).success, JSON.stringify(body)).to.equal(false);
        expect(takes(id, body), JSON.stringify(body)).to.equal(false);
      }
    });
  }

  it('use the keywords of draft 4 that API Gateway knows, and refer to nothing', () => {
    const known =
      /^(\$schema|type|properties|required|additionalProperties|items|minItems|maxItems|enum|anyOf|pattern|minLength|maxLength|minimum|maximum)$/;
    for (const id of Object.keys(accepted))
      expect(keywordsIn(schemaOf(id)).filter((keyword) => !known.test(keyword))).to.deep.equal([]);
  });

  it('say nothing that changes with words for people', () => {
    const body = z.strictObject({ name: z.string().max(9) });
    const described = z.strictObject({ name: z.string().max(9).describe('A name.') }).meta({ id: 'Named' });
    expect(bodySchemaOf({ body: described })).to.deep.equal(bodySchemaOf({ body }));
  });

  it('hold what a schema refers to', () => {
    const name = z.string().max(9).meta({ id: 'Name' });
    expect(bodySchemaOf({ body: z.strictObject({ first: name, last: name }) })).to.deep.include({
      properties: { first: { type: 'string', maxLength: 9 }, last: { type: 'string', maxLength: 9 } },
    });
  });

  it('cannot be made of a schema that says more than API Gateway checks', () => {
    const body = z.strictObject({ picture: z.base64() });
    expect(() => bodySchemaOf({ body })).to.throw(RangeError, 'contentEncoding');
  });
});
