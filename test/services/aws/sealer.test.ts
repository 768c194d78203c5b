// Is a missing right told apart from a text that somebody changed?
import { KMSClient } from '@aws-sdk/client-kms';
import { expect } from 'chai';
import { userIdSchema } from '../../../domain/ids.ts';
import { createSealer } from '../../../services/aws/sealer.ts';
import { thrownBy } from '../contracts/object-store.ts';
import { openLoopback, refuses, type Loopback } from './loopback.ts';

const keyArn = 'arn:aws:kms:us-east-1:123456789012:key/1';
const bound = { userId: userIdSchema.parse('user-1'), operation: 'listRecords' };

describe('a sealed text that KMS does not open', () => {
  let server: Loopback;
  beforeEach(async () => {
    server = await openLoopback();
  });
  afterEach(() => server.close());
  const open = () => createSealer({ keyArn, client: new KMSClient(server.place) }).open('AAAA', bound);

  const foreign: readonly (readonly [string, string])[] = [
    ['InvalidCiphertextException', ''],
    [
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    ],
    ['AccessDeniedException', 'The ciphertext refers to a customer master key that does not exist.'],
    ['ValidationException', "Value at 'ciphertextBlob' failed to satisfy constraint: length less than 6144"],
  ];
  for (const [name, message] of foreign) {
    it(`is not ours after ${name}: ${message}`, async () => {
      server.otherwise = refuses(400, name, message);
      expect(await open()).to.equal(null);
    });
  }

  const faults: readonly (readonly [string, string, object, number?])[] = [
    ['AccessDeniedException', 'User: x is not authorized to perform: kms:Decrypt', { name: 'InternalError' }],
    ['DisabledException', 'The key is disabled.', { name: 'ServiceRejected' }],
    ['ThrottlingException', '', { name: 'TemporaryFailure', code: 'THROTTLED' }],
    ['KMSInternalException', '', { name: 'TemporaryFailure', code: 'UPSTREAM' }, 500],
  ];
  for (const [name, message, error, status = 400] of faults) {
    it(`is our trouble after ${name}`, async () => {
      server.otherwise = refuses(status, name, message);
      expect(await thrownBy(open())).to.include(error);
    });
  }
});
