// What does one kind of speech recognition on this machine offer?
import type { Transcript } from '../../../domain/transcript.ts';
import type { ObjectStore, TranscriptionJob } from '../../contracts.ts';
import type { RunChild } from '../child.ts';

/** What recognisers work with. */
export interface RecogniserTools {
  readonly objects: ObjectStore;
  readonly runProcess: RunChild;
  /** The ffmpeg that makes the speech audio. */
  readonly ffmpegCommand: string;
}

export interface Recognition {
  readonly job: TranscriptionJob;
  /** Private, empty, and removed afterwards. */
  readonly workFolder: string;
  readonly signal: AbortSignal;
}

/** Words, or the reason why there are none; the reason is a sentence for the candidate. */
type Recognised = { readonly transcript: Transcript } | { readonly reason: string };

/**
 * Recognises one recording. What cannot be had for this recording is a reason; a program that is not installed or
 * wrongly configured is a `ServiceRejected`; one that crashed or ran too long is a `TemporaryFailure`.
 */
export type Recognise = (recognition: Recognition) => Promise<Recognised>;
