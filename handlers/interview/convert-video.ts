// How does a recording become a playback file with its pictures and measurements?
import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { derivedKey, type DerivedName } from '../../domain/ids.ts';
import { damaged, type Poster, type Problem } from '../../domain/report.ts';
import { convertInputSchema, type StageIo } from '../../domain/stage-io.ts';
import { runMediaPass, type PassResult } from '../../media/pass.ts';
import { makePoster, makeStoryboard } from '../../media/pictures.ts';
import { defineHandler, type HandlerContext } from '../support/handler.ts';
import { storeDerived } from '../support/store-derived.ts';
import { withScratchFolder } from '../support/scratch.ts';

type Input = StageIo['convert']['in'];
type Context = HandlerContext<'objects'>;

/** Left for fetching the recording and storing what was made of it. */
const transferSeconds = 60;

const undecodable: { readonly [Stream in 'picture' | 'sound']: Problem } = {
  picture: { code: 'NO_VIDEO', message: 'The picture of the recording cannot be decoded.' },
  sound: { code: 'NO_AUDIO', message: 'The sound of the recording cannot be decoded.' },
};

function problemsOf(pass: PassResult, { recording }: Input): Problem[] {
  // What the probe has already said is not said twice.
  const isKnown = recording.truncated || recording.warnings.length > 0;
  return [
    ...(pass.undecodable ? [undecodable[pass.undecodable]] : []),
    ...(pass.losses.length > 0 && !isKnown ? [damaged(pass.losses)] : []),
  ];
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
      if (recording.usableBytes !== null) await truncate(path, recording.usableBytes);
      const pass = await runMediaPass({
        path,
        recording,
        folder,
        tools,
        signal,
        openVision,
        onProgress,
        timeoutSeconds: context.timeoutSeconds - transferSeconds,
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
      await storeDerived(files, folder, input.owner, context);
      await context.services.objects.writeJson(derivedKey(input.owner, 'measurements'), pass.measurements);
      const { playback, storyboard, hasSpeechFile } = pass;
      return { playback, storyboard, poster, hasSpeechFile, problems: problemsOf(pass, input) };
    }),
});
