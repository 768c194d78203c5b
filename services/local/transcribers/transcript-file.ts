// How does a transcript that the user already has take the place of a recogniser?
import { readFile, stat } from 'node:fs/promises';
import { GreenroomError, ServiceRejected } from '../../../domain/errors.ts';
import { readTranscript } from '../../../domain/transcripts/read-transcript.ts';
import type { Recognise } from './recogniser.ts';

export interface TranscriptFileConfiguration {
  /** WebVTT, SubRip or JSON; the content decides which. */
  readonly path: string;
  /** BCP 47 tag; `null` takes the job's, or else what the file says. */
  readonly language: string | null;
}

const maximumBytes = 32 * 1024 ** 2;

async function readSmall(path: string): Promise<string> {
  try {
    const file = await stat(path);
    if (file.isFile() && file.size <= maximumBytes) return await readFile(path, 'utf8');
  } catch (error) {
    throw new ServiceRejected('UPSTREAM', `The transcript ${path} cannot be read.`, { cause: error });
  }
  throw new ServiceRejected('UPSTREAM', `The transcript ${path} is no file, or larger than 32 MiB.`);
}

/** A file that cannot be read is a `ServiceRejected` whose sentence says what is wrong, and in which line. */
export function createTranscriptFile({ path, language }: TranscriptFileConfiguration): Recognise {
  return async ({ job }) => {
    const text = await readSmall(path);
    try {
      return { transcript: readTranscript({ text, language: language ?? job.language }) };
    } catch (error) {
      if (error instanceof GreenroomError)
        throw new ServiceRejected('UPSTREAM', error.message, { cause: error });
      throw error;
    }
  };
}
