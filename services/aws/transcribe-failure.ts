// Why did Amazon Transcribe give up on a recording: because of the recording, or for now?
import { TemporaryFailure } from '../../domain/errors.ts';
import type { TranscriptionState } from '../contracts.ts';

/**
 * Reasons that lie in the recording, as Transcribe words them, and what they mean to the candidate. The first six stand
 * in the API reference (TranscriptionJob, FailureReason); the others were seen in code that handles them.
 */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/^unsupported (?:media|audio) format/i, 'Amazon Transcribe does not take recordings of this format.'],
  [/media format provided does not match/i, 'The recording is not of the format that its name says.'],
  [/^invalid sample rate/i, 'Amazon Transcribe does not take sound of this sample rate.'],
  [/sample rate provided does not match/i, 'Amazon Transcribe does not take sound of this sample rate.'],
  [/^invalid file size/i, 'The recording is too large for Amazon Transcribe.'],
  [/^invalid number of channels/i, 'The recording has more sound channels than Amazon Transcribe takes.'],
  [/file length is too (?:small|short)/i, 'The recording is too short for speech to text.'],
  [/must have a speech segment long enough/i, 'There is too little speech to tell its language.'],
  [/failed to parse audio file/i, 'Amazon Transcribe cannot read the sound of the recording.'],
  [/data in your input (?:media )?file isn['’]t valid/i, 'Amazon Transcribe cannot read the recording.'],
];

/**
 * UNAVAILABLE with a sentence when the reason lies in the recording.
 * @throws TemporaryFailure (UPSTREAM) for every other reason: Transcribe's own, or one nobody knows
 */
export function failedJob(failureReason: string | undefined): TranscriptionState {
  const reason = failureReason ?? 'it gave no reason';
  const known = reasons.find(([pattern]) => pattern.test(reason));
  if (known) return { status: 'UNAVAILABLE', reason: known[1] };
  throw new TemporaryFailure('UPSTREAM', 'Amazon Transcribe failed.', { cause: new Error(reason) });
}
