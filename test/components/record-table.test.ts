// Can a record be found, forgotten and brought back?
import { expect } from 'chai';
import { RecordTable } from '../../components/record-table.ts';
import type { Durability } from '../../components/durability.ts';
import { preferences, records } from '../../systems/interview/stores.ts';
import { type Captured, capture, only } from './captured-stack.ts';

const keyArn = 'arn:aws:kms:us-east-1:123456789012:key/1';

const tableWith = async (
  durability: Durability,
  indexName = 'user_index',
  table = records,
): Promise<Captured> =>
  only(
    await capture(() => {
      new RecordTable('records', {
        table,
        indexNames: { byUser: indexName },
        keyArn,
        durability,
        monitoring: { declined: 'a test' },
      });
    }),
    'aws:dynamodb/table:Table',
  );

describe('a table of records', () => {
  it('is paid per request, encrypted, forgetful and recoverable (A40, A42, A43, B10, B13)', async () => {
    const { inputs } = await tableWith('disposable');
    expect(inputs).to.deep.include({
      billingMode: 'PAY_PER_REQUEST',
      hashKey: 'recordId',
      ttl: { attributeName: 'expiresAt', enabled: true },
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: keyArn },
    });
  });

  it('declares the attributes of its keys, each once, and no others', async () => {
    const { inputs } = await tableWith('disposable');
    expect(inputs['attributes']).to.deep.equal(
      ['recordId', 'userId', 'createdAt'].map((name) => ({ name, type: 'S' })),
    );
  });

  it('lists a user’s records in the order of their making, by an index that the stack names (A33, A41)', async () => {
    const { inputs } = await tableWith('disposable', 'by_user');
    expect(inputs['globalSecondaryIndexes']).to.deep.equal([
      { name: 'by_user', hashKey: 'userId', rangeKey: 'createdAt', projectionType: 'ALL' },
    ]);
  });

  it('keeps rows that nothing dates, and has no index that nobody reads', async () => {
    const { inputs } = await tableWith('disposable', 'user_index', preferences);
    expect(inputs).to.include({ hashKey: 'userId' }).and.not.have.property('ttl');
    expect([inputs['attributes'], inputs['globalSecondaryIndexes']]).to.deep.equal([
      [{ name: 'userId', type: 'S' }],
      [],
    ]);
  });

  for (const [durability, kept] of [
    ['kept', true],
    ['disposable', false],
  ] as const) {
    it(`that is ${durability} ${kept ? 'cannot' : 'can'} be deleted`, async () => {
      const { inputs, protect, retainOnDelete } = await tableWith(durability);
      expect([inputs['deletionProtectionEnabled'], protect, retainOnDelete]).to.deep.equal([
        kept,
        kept,
        kept,
      ]);
    });
  }
});
