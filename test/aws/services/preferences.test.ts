// Does a row of DynamoDB keep a user's preferences when several pages save at once, and when answers are lost?
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { userIdSchema } from '../../../domain/ids.ts';
import type { Preferences } from '../../../domain/preferences.ts';
import { clientOptions } from '../../../services/aws/clients.ts';
import { createPreferenceTable } from '../../../services/aws/preferences.ts';
import type { PreferenceTable } from '../../../services/contracts.ts';
import { preferences } from '../../../systems/interview/stores.ts';
import { thrownBy } from '../../services/contracts/object-store.ts';
import { describePreferences } from '../../services/contracts/preferences.ts';
import { openBadNetwork } from '../support/bad-network.ts';
import { endpoint } from '../support/server.ts';
import { makeTable } from '../support/stores.ts';

const userId = userIdSchema.parse('user-1');
const first: Preferences = {
  revision: 1,
  retentionDays: 30,
  questionSets: [
    { questionSetId: 'mine', title: 'Mine', language: 'pt', questions: ['Porquê?'], origin: 'own' },
  ],
};

describePreferences('DynamoDB', async () =>
  createPreferenceTable({ tableName: await makeTable(preferences) }),
);

describe('preferences in DynamoDB', () => {
  let tableName: string;
  let table: PreferenceTable;
  beforeEach(async () => {
    tableName = await makeTable(preferences);
    table = createPreferenceTable({ tableName });
  });

  it('are kept as typed attributes of one row (A44)', async () => {
    expect(await table.write(userId, first)).to.equal(true);
    const command = new GetItemCommand({ TableName: tableName, Key: { userId: { S: userId } } });
    const { Item } = await new DynamoDBClient({}).send(command);
    expect(Item).to.deep.include({ revision: { N: '1' }, retentionDays: { N: '30' } });
    expect(await table.read(userId)).to.deep.equal(first);
  });

  it('are written although the answer is lost', async () => {
    let isLost = true;
    const network = await openBadNetwork(endpoint(), () => {
      const lose = isLost;
      isLost = false;
      return lose ? { kind: 'lose answer' } : null;
    });
    const client = new DynamoDBClient({
      ...clientOptions({ requestMs: 1000, silenceMs: 1000 }),
      endpoint: network.endpoint,
    });
    try {
      expect(await createPreferenceTable({ tableName, client }).write(userId, first)).to.equal(true);
      expect(network.requests).to.have.length(2);
    } finally {
      await network.close();
    }
  });

  it('that break their schema are our bug', async () => {
    const Item = { userId: { S: userId }, revision: { S: 'one' } };
    await new DynamoDBClient({}).send(new PutItemCommand({ TableName: tableName, Item }));
    expect(await thrownBy(table.read(userId))).to.include({ name: 'InternalError', code: 'BUG' });
  });
});
