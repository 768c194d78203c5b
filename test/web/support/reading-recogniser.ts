// Who writes down what is said? A script with whisper.cpp's command line that reads the sample's known words aloud.
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readTranscript } from '../../../domain/transcripts/read-transcript.ts';

const sample = new URL('../../../samples/interview.vtt', import.meta.url);

/**
 * The settings with which Greenroom uses the script. It hears nothing: whatever it is given, it writes the words of the
 * sample's first seconds with their true times, which the fake microphone plays; by default of its first 11.
 */
export async function installReadingRecogniser(folder: string, seconds = 11): Promise<NodeJS.ProcessEnv> {
  const { words } = readTranscript({
    text: await readFile(sample, 'utf8'),
    language: 'en',
    source: 'interview.vtt',
  });
  const tokens = words
    .filter(({ endSeconds }) => endSeconds < seconds)
    .map(({ text, startSeconds, endSeconds }) => ({
      text: ` ${text}`,
      offsets: { from: startSeconds * 1000, to: endSeconds * 1000 },
      p: 0.9,
    }));
  const result = {
    result: { language: 'en' },
    transcription: [
      { text: tokens.map(({ text }) => text).join(''), offsets: { from: 0, to: seconds * 1000 }, tokens },
    ],
  };
  const [program, answer, model] = ['whisper-cli', 'answer.json', 'model'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  await writeFile(answer, JSON.stringify(result));
  await writeFile(model, '');
  await writeFile(
    program,
    `#!/bin/sh\nwhile [ $# -gt 0 ]; do\n  if [ "$1" = -of ]; then cp '${answer}' "$2.json"; fi\n  shift\ndone\n`,
  );
  await chmod(program, 0o755);
  return {
    GREENROOM_TRANSCRIBER: 'whisper-cli',
    GREENROOM_WHISPER_COMMAND: program,
    GREENROOM_WHISPER_MODEL: model,
  };
}
