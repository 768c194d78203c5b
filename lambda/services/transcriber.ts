// How does a function have speech written down? By Amazon Transcribe, which leaves its answers in the bucket.
import { createTranscriber } from '../../services/aws/transcriber.ts';
import type { ObjectStore, Transcriber } from '../../services/contracts.ts';
import type { FunctionEnvironment } from '../environment.ts';

type Settings = Pick<FunctionEnvironment, 'BUCKET_NAME'> &
  // Whoever only reads the answer is not told how the question was put.
  Partial<Pick<FunctionEnvironment, 'TRANSCRIBE_LANGUAGES' | 'ENCRYPTION_KEY_ARN' | 'DEPLOYMENT'>>;

export const openTranscriber = (
  {
    BUCKET_NAME: bucketName,
    TRANSCRIBE_LANGUAGES: languages = [],
    ENCRYPTION_KEY_ARN: encryptionKeyArn = null,
    DEPLOYMENT: deployment = null,
  }: Settings,
  objects: ObjectStore,
): Transcriber => createTranscriber({ objects, bucketName, languages, encryptionKeyArn, deployment });
