// In which sentence is a file refused that was looked into?
import { RecordingRejected } from '../domain/errors.ts';
import { limits } from '../domain/recording.ts';
import { unsupportedCodec, wasCut } from './stderr.ts';

/** What ffprobe said when it gave up, as a sentence. */
export function unreadable(stderr: string): RecordingRejected {
  if (wasCut(stderr))
    return new RecordingRejected(
      'TRUNCATED',
      'The file stops before its index: nothing of the recording can be read.',
    );
  const codec = unsupportedCodec(stderr);
  if (codec !== null) return unreadableCodec(codec);
  return new RecordingRejected(
    'NOT_MEDIA',
    'The file begins like a recording, but it cannot be read as one.',
  );
}

export const unreadableCodec = (codec: string): RecordingRejected =>
  new RecordingRejected(
    'NOT_MEDIA',
    `A stream of the recording is written in the codec ${codec}, which Greenroom does not read.`,
  );

export const tooManyPixels = (size: string): RecordingRejected =>
  new RecordingRejected(
    'TOO_MANY_PIXELS',
    `The picture is ${size}; Greenroom accepts up to ${limits.maximumPixels.toLocaleString('en')} pixels.`,
  );

export const tooManyStreams = (): RecordingRejected =>
  new RecordingRejected(
    'NOT_MEDIA',
    `The file has more than ${String(limits.maximumStreams)} streams; no recorder writes so many.`,
  );

/** `hasMedia`: streams of picture or sound are announced, but nothing of them is there. */
export function nothingInside(hasMedia: boolean): RecordingRejected {
  if (hasMedia)
    return new RecordingRejected(
      'TRUNCATED',
      'The file holds the beginning of a recording, but no picture and no sound.',
    );
  return new RecordingRejected('NOT_MEDIA', 'The file holds neither picture nor sound.');
}
