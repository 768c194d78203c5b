// Which transcriber does a command line ask for?
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Environment } from '../local/environment.ts';
import { WrongUsage } from '../local/wrong-usage.ts';
import type { AnalyzeOptions } from '../local/analyze.ts';

/** A transcript file wins over the configured recogniser. */
export function chooseTranscriber(
  transcript: string | undefined,
  language: string | null,
  environment: Environment,
): AnalyzeOptions['transcriber'] {
  if (transcript !== undefined) {
    if (!existsSync(transcript)) throw new WrongUsage(`There is no transcript ${transcript}.`);
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
