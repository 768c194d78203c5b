// Does Amazon Transcribe, as a server plays it, keep what the contract of a transcriber promises (A16, A21)?
import { GetTranscriptionJobCommand, TranscribeClient } from '@aws-sdk/client-transcribe';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { createObjectStore } from '../../../services/aws/objects.ts';
import { createTranscriber } from '../../../services/aws/transcriber.ts';
import { media } from '../../../systems/interview/stores.ts';
import { describeTranscriber } from '../../services/contracts/transcriber.ts';
import '../support/server.ts';
import { amazonAnswer } from '../support/spoken.ts';
import { makeBucket, s3 } from '../support/stores.ts';

/** A job whose answer lies in the bucket already: the server has states, but no ears. */
async function make() {
  const bucketName = await makeBucket(media);
  const objects = createObjectStore({ bucketName, client: s3() });
  const name = randomUUID();
  await objects.writeJson(`transcriptions/${name}.json`, amazonAnswer);
  const languages = ['en-US', 'pt-BR'];
  const client = new TranscribeClient({});
  const transcriber = createTranscriber({
    client,
    objects,
    bucketName,
    languages,
    encryptionKeyArn: null,
    deployment: null,
  });
  const objectKey = 'uploads/user-1/01ARZ3NDEKTSV4RRFFQ69G5FAV.webm';
  return { transcriber, job: { name, objectKey, language: null }, client, bucketName };
}

describeTranscriber('Amazon Transcribe on a server', make);

describe('a job of Amazon Transcribe on a server', () => {
  it('is what the service was asked for: the upload, the bucket’s own answer, a choice of languages', async () => {
    const { transcriber, job, client, bucketName } = await make();
    await transcriber.start(job, new AbortController().signal);
    const { TranscriptionJob } = await client.send(
      new GetTranscriptionJobCommand({ TranscriptionJobName: job.name }),
    );
    expect(TranscriptionJob).to.deep.include({
      MediaFormat: 'webm',
      Media: { MediaFileUri: `s3://${bucketName}/${job.objectKey}` },
      IdentifyLanguage: true,
      LanguageOptions: ['en-US', 'pt-BR'],
    });
  });
});
