// Which transcriber does a command line ask for?
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readTranscript } from '../domain/transcripts/read-transcript.ts';
import { TranscriptUnreadable } from '../domain/transcripts/transcript-unreadable.ts';
import type { Environment } from '../local/environment.ts';
import { WrongUsage } from '../local/wrong-usage.ts';
import type { AnalyzeOptions } from '../local/analyze.ts';

/** Better to hear of a broken transcript now than after the conversion. */
function requireTranscript(path: string, language: string | null): void {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new WrongUsage(`The transcript ${path} cannot be read.`, { cause: error });
  }
  try {
    readTranscript({ text, language });
  } catch (error) {
    if (!(error instanceof TranscriptUnreadable)) throw error;
    throw new WrongUsage(error.message, { cause: error });
  }
}

/** A transcript file wins over the configured recogniser. */
export function chooseTranscriber(
  transcript: string | undefined,
  language: string | null,
  environment: Environment,
): AnalyzeOptions['transcriber'] {
  if (transcript !== undefined) {
    requireTranscript(transcript, language);
    return { kind: 'file', path: resolve(transcript), language };
  }
  switch (environment.GREENROOM_TRANSCRIBER) {
    case 'none':
      return { kind: 'none' };
    case 'pocketsphinx':
      return { kind: 'pocketsphinx' };
    case 'whisper-cli':
      return {
        kind: 'whisper-cli',
        command: environment.GREENROOM_WHISPER_COMMAND,
        model: environment.GREENROOM_WHISPER_MODEL ?? '',
      };
  }
}
