// Which answers of Amazon Transcribe mean that a job is gone, or will be?
import { TranscribeClient } from '@aws-sdk/client-transcribe';
import { expect } from 'chai';
import { createTranscriptionJobs } from '../../../services/aws/transcription-jobs.ts';
import { thrownBy } from '../contracts/object-store.ts';
import { answers, openLoopback, refuses, type Loopback } from './loopback.ts';

describe('a job of Amazon Transcribe', () => {
  let server: Loopback;
  beforeEach(async () => {
    server = await openLoopback();
  });
  afterEach(() => server.close());
  const remove = () => createTranscriptionJobs({ client: new TranscribeClient(server.place) }).remove('e1');

  it('is deleted by its name', async () => {
    server.replies.push(answers({}));
    expect(await remove()).to.equal(true);
    expect(server.seen[0]).to.deep.include({
      target: 'Transcribe.DeleteTranscriptionJob',
      body: { TranscriptionJobName: 'e1' },
    });
  });

  const gone = "The requested job couldn't be found. Check the job name and try your request again.";
  for (const name of ['BadRequestException', 'NotFoundException']) {
    it(`that is not there is no error, said as ${name}`, async () => {
      server.replies.push(refuses(400, name, gone));
      expect(await remove()).to.equal(false);
    });
  }

  const others: readonly (readonly [string, string, object])[] = [
    [
      'BadRequestException',
      "The requested job couldn't be deleted.",
      { name: 'TemporaryFailure', code: 'UPSTREAM' },
    ],
    ['BadRequestException', 'The name is not well formed.', { name: 'ServiceRejected' }],
    ['LimitExceededException', 'Slower.', { name: 'TemporaryFailure', code: 'THROTTLED' }],
    ['AccessDeniedException', 'is not authorized', { name: 'InternalError' }],
  ];
  for (const [name, message, error] of others) {
    it(`is not gone when the service says ${name}: ${message}`, async () => {
      server.otherwise = refuses(400, name, message);
      expect(await thrownBy(remove())).to.include(error);
    });
  }
});
