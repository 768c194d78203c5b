// Does Amazon Transcribe, as a server plays it, keep what the contract of its jobs promises (A85)?
import {
  GetTranscriptionJobCommand,
  StartTranscriptionJobCommand,
  TranscribeClient,
} from '@aws-sdk/client-transcribe';
import { createTranscriptionJobs } from '../../../services/aws/transcription-jobs.ts';
import { describeTranscriptionJobs } from '../../services/contracts/transcription-jobs.ts';
import '../support/server.ts';

const client = () => new TranscribeClient({});

describeTranscriptionJobs('Amazon Transcribe', () =>
  Promise.resolve({
    jobs: createTranscriptionJobs(),
    start: (TranscriptionJobName) =>
      client().send(
        new StartTranscriptionJobCommand({
          TranscriptionJobName,
          Media: { MediaFileUri: 's3://media/a.webm' },
          LanguageCode: 'en-US',
        }),
      ),
    isKnown: async (TranscriptionJobName) => {
      try {
        await client().send(new GetTranscriptionJobCommand({ TranscriptionJobName }));
        return true;
      } catch {
        return false;
      }
    },
  }),
);
