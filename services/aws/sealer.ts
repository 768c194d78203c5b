// How does a text leave us so that only we can read it again? Encrypted by KMS, bound to its user and operation.
import {
  DecryptCommand,
  EncryptCommand,
  IncorrectKeyException,
  InvalidCiphertextException,
  KMSClient,
} from '@aws-sdk/client-kms';
import type { UserId } from '../../domain/ids.ts';
import { sealingPurpose } from '../../domain/sealing.ts';
import type { Sealer } from '../contracts.ts';
import { brief, clientOptions } from './clients.ts';
import { factsOf, guarded } from './errors.ts';

export interface SealerOptions {
  /** Of a symmetric key. */
  readonly keyArn: string;
  /** Default: a client of its own, with the region and the credentials of the environment. */
  readonly client?: KMSClient;
}

/** Authenticated with the text: another user or operation opens nothing. Names are in CloudTrail, so none is secret. */
const contextOf = ({ userId, operation }: { readonly userId: UserId; readonly operation: string }) => ({
  purpose: sealingPurpose,
  user: userId,
  operation,
});

/** The bytes, if this is the one way to write them: no other text opens as the same. */
function bytesOf(sealed: string): Uint8Array | null {
  const bytes = Buffer.from(sealed, 'base64url');
  return bytes.length > 0 && bytes.toString('base64url') === sealed ? bytes : null;
}

/**
 * Whether KMS says that this is none of its ciphertexts of this key and context. One whose head was changed names a key
 * that does not exist; KMS calls that a missing right too, but in other words than those of IAM.
 */
function isForeign(error: unknown): boolean {
  if (error instanceof InvalidCiphertextException || error instanceof IncorrectKeyException) return true;
  const { name, message } = factsOf(error);
  // It holds 6,144 bytes at most, and who sends more did not get it from us.
  if (name === 'ValidationException') return message.includes('ciphertextBlob');
  return name === 'AccessDeniedException' && !message.includes('not authorized');
}

/** Texts of at most 4,096 bytes, about 1.4 times as long when sealed, and 200 characters more. */
export function createSealer({
  keyArn: KeyId,
  client = new KMSClient(clientOptions(brief)),
}: SealerOptions): Sealer {
  return {
    seal: (text, bound) =>
      guarded('Sealing a text', async () => {
        const command = new EncryptCommand({
          KeyId,
          Plaintext: Buffer.from(text),
          EncryptionContext: contextOf(bound),
        });
        const { CiphertextBlob = Buffer.of() } = await client.send(command);
        return Buffer.from(CiphertextBlob).toString('base64url');
      }),
    open: (sealed, bound) =>
      guarded('Opening a sealed text', async () => {
        const CiphertextBlob = bytesOf(sealed);
        if (CiphertextBlob === null) return null;
        try {
          const command = new DecryptCommand({
            KeyId,
            CiphertextBlob,
            EncryptionContext: contextOf(bound),
          });
          const { Plaintext = Buffer.of() } = await client.send(command);
          return Buffer.from(Plaintext).toString();
        } catch (error) {
          if (isForeign(error)) return null;
          throw error;
        }
      }),
  };
}
