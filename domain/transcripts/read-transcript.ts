// How does the text of a file become a transcript?
import type { Transcript } from '../transcript.ts';
import { languageTag, spokenLanguage } from './language-tag.ts';
import { readJson, readJsonValue } from './read-json.ts';
import type { JsonTranscript } from './read-json.ts';
import { readSrt } from './read-srt.ts';
import { isVtt, readVtt } from './read-vtt.ts';
import { timedWords } from './timed-words.ts';
import { TranscriptUnreadable } from './transcript-unreadable.ts';

const mostCharacters = 32 * 1024 * 1024;

export interface TranscriptFile {
  readonly text: string;
  /** BCP 47 tag that the user states; `null` takes the file's, or else what the words show. */
  readonly language: string | null;
  /** Who wrote the file; by default `file:vtt`, `file:srt` or `file:json`. */
  readonly source?: string;
}

function read(text: string): JsonTranscript & { readonly format: 'vtt' | 'srt' | 'json' } {
  if (isVtt(text)) return { ...readVtt(text), format: 'vtt' };
  if (/^\ufeff?\s{0,100}[{[]/.test(text)) return { ...readJson(text), format: 'json' };
  return { pieces: readSrt(text), language: null, format: 'srt' };
}

/**
 * Reads WebVTT, SubRip, and the JSON of Greenroom, whisper.cpp and Amazon Transcribe; the content decides
 * which it is, not the file's name. Words come out in order and without overlaps; times that are wrong are
 * put right where that is possible. A language that nobody states and that the words do not show is `und`.
 * JSON of a recogniser that heard nothing gives no words; a caption file without captions is refused.
 * @throws TranscriptUnreadable, and nothing else: with the line, for what is no transcript or over 32 MiB
 */
export function readTranscript({ text, language, source }: TranscriptFile): Transcript {
  if (text.length > mostCharacters) throw new TranscriptUnreadable('the file is larger than 32 MiB');
  const file = read(text);
  return transcriptOf(file, language, source ?? `file:${file.format}`);
}

/** The same for JSON that is parsed already, of a known source. */
export const readTranscriptValue = (value: unknown, language: string | null, source: string): Transcript =>
  transcriptOf(readJsonValue(value), language, source);

function transcriptOf(file: JsonTranscript, language: string | null, source: string): Transcript {
  const tag = languageTag(language ?? '') ?? languageTag(file.language ?? '') ?? spokenLanguage(file.pieces);
  const { words, timing } = timedWords(file.pieces, tag);
  return {
    language: tag,
    source,
    timing: file.timing === 'cue' ? 'cue' : timing,
    words,
  };
}
