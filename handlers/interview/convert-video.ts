// How does a recording become a playback file with its pictures and measurements?
import { join } from 'node:path';
import { derivedKey, derivedNames, type DerivedName } from '../../domain/ids.ts';
import type { Poster, Problem } from '../../domain/report.ts';
import { convertInputSchema, type StageIo } from '../../domain/stage-io.ts';
import { runMediaPass, type PassResult } from '../../media/pass.ts';
import { makePoster, makeStoryboard } from '../../media/pictures.ts';
import { defineHandler, type HandlerContext } from '../support/handler.ts';
import { withScratchFolder } from '../support/scratch.ts';

type Input = StageIo['convert']['in'];
type Context = HandlerContext<'objects'>;

/** One pass may take as long as its function, less the time to store what it made. */
const passSeconds = 840;

const contentTypes: { readonly [Name in DerivedName]?: string } = {
  playback: 'video/mp4',
  poster: 'image/jpeg',
  posterWebp: 'image/webp',
  storyboard: 'image/jpeg',
  storyboardVtt: 'text/vtt',
  speech: 'audio/wav',
};

function problemsOf({ losses }: PassResult, { recording }: Input): Problem[] {
  if (losses.length === 0 || recording.truncated) return [];
  return [{ code: 'TRUNCATED', message: `Parts of the recording are damaged (${losses[0] ?? ''}).` }];
}

async function store(
  files: readonly DerivedName[],
  folder: string,
  input: Input,
  context: Context,
): Promise<void> {
  for (const name of files) {
    const path = join(folder, derivedNames[name]);
    const type = contentTypes[name] ?? 'application/octet-stream';
    await context.services.objects.upload(derivedKey(input.owner, name), path, type, context.signal);
  }
}

/** @throws RecordingRejected when nothing can be decoded; TemporaryFailure for the machine's faults. */
export const convertVideo = defineHandler({
  input: convertInputSchema,
  run: async (input, context: Context): Promise<StageIo['convert']['out']> =>
    withScratchFolder(context.scratchFolder, async (folder) => {
      const { tools, openVision } = context.media;
      const { signal, onProgress } = context;
      const path = join(folder, 'recording');
      await context.services.objects.download(input.objectKey, path, signal);
      const { recording } = input;
      const pass = await runMediaPass({
        path,
        recording,
        folder,
        tools,
        signal,
        openVision,
        onProgress,
        timeoutSeconds: passSeconds,
      });
      context.log('ffmpeg', { command: pass.command.join(' '), losses: pass.losses });
      const files: DerivedName[] = ['playback'];
      let poster: Poster | null = null;
      if (pass.storyboard) {
        await makeStoryboard({
          storyboard: pass.storyboard,
          durationSeconds: pass.playback.durationSeconds,
          folder,
        });
        poster = await makePoster({ pass, folder, tools, signal });
        files.push('storyboard', 'storyboardVtt', 'poster', 'posterWebp');
      }
      if (pass.hasSpeechFile) files.push('speech');
      await store(files, folder, input, context);
      await context.services.objects.writeJson(derivedKey(input.owner, 'measurements'), pass.measurements);
      const { playback, storyboard, hasSpeechFile } = pass;
      return { playback, storyboard, poster, hasSpeechFile, problems: problemsOf(pass, input) };
    }),
});
