// How does a job of Amazon Transcribe go, with what the service keeps of it?
import { DeleteTranscriptionJobCommand, TranscribeClient } from '@aws-sdk/client-transcribe';
import { TemporaryFailure } from '../../domain/errors.ts';
import type { TranscriptionJobs } from '../contracts.ts';
import { brief, clientOptions } from './clients.ts';
import { factsOf, guarded } from './errors.ts';

export interface TranscriptionJobsOptions {
  /** Default: a client of its own, with the region and the credentials of the environment. */
  readonly client?: TranscribeClient;
}

/** Transcribe tells both apart in words only: "The requested job couldn't be found", "… couldn't be deleted". */
const isMissing = ({ name, message }: ReturnType<typeof factsOf>): boolean =>
  name === 'NotFoundException' || (name === 'BadRequestException' && /be found|not exist/i.test(message));
const isBusy = ({ name, message }: ReturnType<typeof factsOf>): boolean =>
  name === 'ConflictException' || (name === 'BadRequestException' && /be deleted/i.test(message));

/** Deletes jobs that have ended; one that still runs is a `TemporaryFailure` (UPSTREAM), and ends within minutes. */
export function createTranscriptionJobs({
  client = new TranscribeClient(clientOptions(brief)),
}: TranscriptionJobsOptions = {}): TranscriptionJobs {
  return {
    remove: (jobName) =>
      guarded(`Deleting the transcription ${jobName}`, async () => {
        try {
          await client.send(new DeleteTranscriptionJobCommand({ TranscriptionJobName: jobName }));
          return true;
        } catch (error) {
          const facts = factsOf(error);
          if (isMissing(facts)) return false;
          if (!isBusy(facts)) throw error;
          throw new TemporaryFailure('UPSTREAM', `The transcription ${jobName} still runs.`, {
            cause: error,
          });
        }
      }),
  };
}
