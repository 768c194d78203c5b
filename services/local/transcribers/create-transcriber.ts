// Which recogniser turns speech into text on this machine?
import type { ObjectStore } from '../../contracts.ts';
import { runChild, type RunChild } from '../child.ts';
import { createJobs, type LocalTranscriber } from './jobs.ts';
import { createNone } from './none.ts';
import { createPocketsphinx } from './pocketsphinx.ts';
import type { Recognise, RecogniserTools } from './recogniser.ts';
import { createTranscriptFile, type TranscriptFileConfiguration } from './transcript-file.ts';
import { createWhisperCli, type WhisperCliConfiguration } from './whisper-cli.ts';

/** The user's choice; nothing is guessed from what happens to be installed. */
export type TranscriberConfiguration =
  | ({ readonly kind: 'file' } & TranscriptFileConfiguration)
  | ({ readonly kind: 'whisper-cli' } & WhisperCliConfiguration)
  | { readonly kind: 'pocketsphinx' }
  | { readonly kind: 'none' };

export interface TranscriberOptions {
  readonly objects: ObjectStore;
  /** Where jobs are remembered, such as `<data>/transcriptions`. */
  readonly folder: string;
  /** How programs are run. */
  readonly runProcess?: RunChild;
  /** Default `ffmpeg`, from the PATH. */
  readonly ffmpegCommand?: string;
  /** The transcript that came with a recording, which no recogniser has to hear then; default: none ever does. */
  readonly transcriptOf?: (objectKey: string) => TranscriptFileConfiguration | null;
}

function recogniserOf(configuration: TranscriberConfiguration, tools: RecogniserTools): Recognise {
  if (configuration.kind === 'file') return createTranscriptFile(configuration);
  if (configuration.kind === 'whisper-cli') return createWhisperCli(configuration, tools);
  return configuration.kind === 'pocketsphinx' ? createPocketsphinx(tools) : createNone();
}

/**
 * The transcriber that the user configured. No recogniser, no sound, no words or a language that the recogniser does
 * not know: UNAVAILABLE with a sentence. A program, model or file that is not there: `ServiceRejected`. A crash, the
 * time limit of one hour, a full disk: `TemporaryFailure`. Jobs run in the background:
 * `stop` the job of an execution that was given up, and `close` the transcriber before the process ends.
 */
export function createTranscriber(
  configuration: TranscriberConfiguration,
  {
    objects,
    folder,
    runProcess = runChild,
    ffmpegCommand = 'ffmpeg',
    transcriptOf = () => null,
  }: TranscriberOptions,
): LocalTranscriber {
  const recognise = recogniserOf(configuration, { objects, runProcess, ffmpegCommand });
  return createJobs(folder, (recognition) => {
    const given = transcriptOf(recognition.job.objectKey);
    return given ? createTranscriptFile(given)(recognition) : recognise(recognition);
  });
}
