// Does KMS open only what was sealed here, for this user and operation, to the last bit?
import { CreateKeyCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { expect } from 'chai';
import { userIdSchema } from '../../../domain/ids.ts';
import { sealingPurpose } from '../../../domain/sealing.ts';
import { createSealer } from '../../../services/aws/sealer.ts';
import type { Sealer } from '../../../services/contracts.ts';
import { describeSealer } from '../../services/contracts/sealer.ts';
import { thrownBy } from '../../services/contracts/object-store.ts';
import { record, type RecordedCall } from '../support/recorder.ts';
import '../support/server.ts';

const bound = { userId: userIdSchema.parse('user-1'), operation: 'listRecords' };
const text = JSON.stringify({
  createdAt: '2026-01-02T03:04:05.678Z',
  recordId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
});

const makeKey = async (): Promise<string> =>
  (await new KMSClient({}).send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? '';
const makeSealer = async (): Promise<Sealer> => createSealer({ keyArn: await makeKey() });

describeSealer('KMS', makeSealer, { makeOther: makeSealer, step: 7 });

describe('texts sealed by KMS', () => {
  let keyArn: string;
  let sealer: Sealer;
  let sealed: string;
  let calls: RecordedCall[];
  beforeEach(async () => {
    keyArn = await makeKey();
    calls = [];
    const client = new KMSClient({});
    record(client, '', calls);
    sealer = createSealer({ keyArn, client });
    sealed = await sealer.seal(text, bound);
  });

  it('carry the purpose to which the right to seal is limited (A52)', async () => {
    await sealer.open(sealed, bound);
    const contexts = calls.map(({ input }) => input['EncryptionContext']);
    const context = { purpose: sealingPurpose, user: 'user-1', operation: 'listRecords' };
    expect(contexts).to.deep.equal([context, context]);
  });

  it('are written in one way only', async () => {
    const before = calls.length;
    for (const other of [`${sealed}=`, `${sealed} `, `${sealed}A`.slice(0, -1).concat('!'), `${sealed}.`, ''])
      expect(await sealer.open(other, bound), other).to.equal(null);
    expect(calls).to.have.length(before);
  });

  it('are told apart from what the same key encrypts for others', async () => {
    const command = new EncryptCommand({ KeyId: keyArn, Plaintext: Buffer.from(text) });
    const { CiphertextBlob = Buffer.of() } = await new KMSClient({}).send(command);
    expect(await sealer.open(Buffer.from(CiphertextBlob).toString('base64url'), bound)).to.equal(null);
  });

  it('need a key that is there', async () => {
    const gone = createSealer({ keyArn: `${keyArn.slice(0, -1)}_` });
    expect(await thrownBy(gone.seal(text, bound))).to.be.instanceOf(Error);
  });
});
