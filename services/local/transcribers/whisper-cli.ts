// How are words found by whisper.cpp's `whisper-cli` with the user's model?
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GreenroomError, ServiceRejected, TemporaryFailure } from '../../../domain/errors.ts';
import type { Transcript } from '../../../domain/transcript.ts';
import { readTranscript } from '../../../domain/transcripts/read-transcript.ts';
import { systemCode } from '../../files.ts';
import { makeSpeechAudio } from './speech-audio.ts';
import type { Recognise, RecogniserTools } from './recogniser.ts';

export interface WhisperCliConfiguration {
  /** The program on the PATH, or its path. */
  readonly command: string;
  /** Path of a model in ggml format. */
  readonly model: string;
}

/** Whisper knows languages, not regions: `pt-BR` is `pt` to it. */
const whisperLanguage = (language: string | null): string =>
  language?.split('-', 1)[0]?.toLowerCase() ?? 'auto';

async function readResult(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new TemporaryFailure('UPSTREAM', 'whisper-cli ended without a result.', { cause: error });
  }
}

function transcriptOf(text: string, language: string | null): Transcript {
  try {
    return readTranscript({ text, language, source: 'whisper-cli' });
  } catch (error) {
    if (!(error instanceof GreenroomError)) throw error;
    throw new TemporaryFailure('UPSTREAM', 'whisper-cli wrote a result that cannot be read.', {
      cause: error,
    });
  }
}

/**
 * Words with the times and probabilities that whisper gives its tokens. Without a language it finds out itself. A
 * missing program or model is a `ServiceRejected`, a crash a `TemporaryFailure`.
 */
export function createWhisperCli(
  { command, model }: WhisperCliConfiguration,
  tools: RecogniserTools,
): Recognise {
  return async (recognition) => {
    await access(model).catch((error: unknown) => {
      throw new ServiceRejected('UPSTREAM', `The whisper model ${model} cannot be read.`, { cause: error });
    });
    const { job, workFolder, signal } = recognition;
    const speech = await makeSpeechAudio(tools, recognition);
    if ('reason' in speech) return speech;
    const output = join(workFolder, 'whisper');
    const { exitCode } = await tools.runProcess({
      command,
      args: [
        ['-m', model, '-f', speech.path, '-l', whisperLanguage(job.language)],
        ['-oj', '-ojf', '-of', output, '-np'],
      ].flat(),
      signal,
      whenMissing: `${command} is not installed; install whisper.cpp or configure its path.`,
    });
    if (exitCode !== 0) {
      throw new TemporaryFailure('UPSTREAM', `whisper-cli ended with ${exitCode ?? 'a signal'}.`);
    }
    return { transcript: transcriptOf(await readResult(`${output}.json`), job.language) };
  };
}
