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

  it('serves a service only for this account', () => {
    const services = statements().filter(({ Sid }) => Sid !== 'AccountDecidesByIam');
    expect(services).to.have.length(3);
    for (const { Condition, Sid } of services) {
      expect(JSON.stringify(Condition), String(Sid)).to.include(accountId);
    }
  });

  it('serves everyone who publishes alarms or delivers events, or they would fall silent (C40)', () => {
    const senders = statements().find(({ Sid }) => Sid === 'SendersToQueuesAndTopics');
    expect(senders?.['Principal'])
      .to.have.property('Service')
      .that.includes.members([...alarmPublishers, 'events.amazonaws.com']);
    expect(senders?.['Action']).to.deep.equal(['kms:Decrypt', 'kms:GenerateDataKey']);
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
