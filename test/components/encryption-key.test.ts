// May those who need the key use it, and nobody from elsewhere?
import { expect } from 'chai';
import { EncryptionKey } from '../../components/encryption-key.ts';
import { alarmPublishers } from '../../components/operations/alarm-topic.ts';
import { capture, type CapturedStack, only, statementsIn } from './captured-stack.ts';

const accountId = '123456789012';

describe('the encryption key', () => {
  let stack: CapturedStack;
  const key = () => only(stack, 'aws:kms/key:Key');
  const statements = () => statementsIn(key().inputs['policy']);
  const servedBy = (sid: string) => statements().find(({ Sid }) => Sid === sid);
  before(async () => {
    stack = await capture(() => {
      new EncryptionKey('key', { accountId, region: 'us-east-1', durability: 'kept' });
    });
  });

  it('is made anew every year, and waits a month before it is gone (C49)', () => {
    expect(key().inputs).to.include({ enableKeyRotation: true, deletionWindowInDays: 30 });
    expect([key().protect, key().retainOnDelete]).to.deep.equal([true, true]);
  });

  it('can be found by the name of the stack', () => {
    expect(only(stack, 'aws:kms/alias:Alias').inputs['name']).to.equal('alias/greenroom-dev');
  });

  it('serves a service only for this account, but for EventBridge', () => {
    const services = statements().filter(
      ({ Sid }) => !['AccountDecidesByIam', 'EventsToQueues'].includes(String(Sid)),
    );
    expect(services).to.have.length(3);
    for (const { Condition, Sid } of services) {
      expect(JSON.stringify(Condition), String(Sid)).to.include(accountId);
    }
  });

  it('serves everyone who publishes alarms, or they would fall silent (C40)', () => {
    expect(servedBy('AlarmsAndBudgetsToTopics')).to.deep.include({
      Principal: { Service: [...alarmPublishers] },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
    });
  });

  it('serves EventBridge under no condition, because it tells KMS nothing to ask for (C41)', () => {
    expect(servedBy('EventsToQueues')).to.deep.equal({
      Sid: 'EventsToQueues',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
    });
  });

  it('serves trails of this account, also in a bucket with a bucket key (A54)', () => {
    expect(servedBy('TrailsOfThisAccount')).to.deep.include({
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
      Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:cloudtrail:us-east-1:${accountId}:trail/*` } },
    });
  });

  it('gives no service more than it needs', () => {
    const actions = statements()
      .filter(({ Sid }) => Sid !== 'AccountDecidesByIam')
      .flatMap(({ Action }) => Action as string[]);
    expect(
      actions.filter((action) => action.includes('*') || /Create|Delete|Put/.test(action)),
    ).to.deep.equal([]);
  });
});
