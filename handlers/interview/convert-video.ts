// How does a recording become a playback file with its pictures and measurements?
import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { conversionProblems } from '../../domain/conversion-problems.ts';
import { RecordingRejected } from '../../domain/errors.ts';
import { derivedKey, type DerivedName } from '../../domain/ids.ts';
import { convertInputSchema, type StageIo } from '../../domain/stage-io.ts';
import { withDeadline, type Deadline } from '../../media/deadline.ts';
import { sha256Of } from '../../media/file-hash.ts';
import { runMediaPass } from '../../media/pass.ts';
import { makePoster, makeStoryboard } from '../../media/pictures.ts';
import { defineHandler, type HandlerContext } from '../support/handler.ts';
import { hearCommands } from '../support/heard-commands.ts';
import { labelPictures } from '../support/label-pictures.ts';
import { storeDerived } from '../support/store-derived.ts';
import { withScratchFolder } from '../support/scratch.ts';

type Input = StageIo['convert']['in'];
type Context = HandlerContext<'objects' | 'pictureLabels'>;

/** Left for storing what was made of the recording. */
const storingSeconds = 60;

async function convert(
  input: Input,
  { folder, context, deadline }: { folder: string; context: Context; deadline: Deadline },
) {
  const { tools, openVision } = context.media;
  const { signal } = deadline;
  const path = join(folder, 'recording');
  await context.services.objects.download(input.objectKey, path, signal);
  const { recording } = input;
  // A form may be used twice while it is good; what is converted must be what was checked.
  if ((await sha256Of(path, signal)) !== recording.sha256)
    throw new RecordingRejected('CHECKSUM', 'Another file has taken the place of the one that was checked.');
  if (recording.usableBytes !== null) await truncate(path, recording.usableBytes);
  const { onProgress } = context;
  const timeoutSeconds = deadline.secondsLeft();
  const shared = { path, recording, folder, tools, signal, openVision, onProgress, timeoutSeconds };
  const pass = await runMediaPass(shared);
  context.log('ffmpeg', { command: pass.command.join(' '), losses: pass.losses });
  // Last, because it may take what is left of the time: nobody waits for it.
  const named = () => labelPictures({ pass, folder, owner: input.owner, context, deadline });
  if (!pass.storyboard) return { pass, poster: null, labels: await named() };
  const { durationSeconds } = pass.playback;
  await makeStoryboard({ storyboard: pass.storyboard, durationSeconds, folder });
  const poster = await makePoster({ pass, folder, tools, signal });
  return { pass, poster, labels: await named() };
}

const pictureFiles: readonly DerivedName[] = ['storyboard', 'storyboardVtt', 'poster', 'posterWebp'];

/** @throws RecordingRejected when nothing can be decoded; TemporaryFailure, ResourceExhausted for the machine's faults. */
export const convertVideo = defineHandler({
  input: convertInputSchema,
  run: async (input, given: Context): Promise<StageIo['convert']['out']> =>
    withScratchFolder(given.scratchFolder, async (folder) => {
      const { context, commands } = hearCommands(given);
      const { pass, poster, labels } = await withDeadline(
        { signal: context.signal, seconds: context.timeoutSeconds - storingSeconds },
        (deadline) => convert(input, { folder, context, deadline }),
      );
      const { playback, storyboard, hasSpeechFile, measurements } = pass;
      const files: DerivedName[] = ['playback', ...(storyboard ? pictureFiles : [])];
      if (hasSpeechFile) files.push('speech');
      // A record that was deleted meanwhile has no upload either, and nothing of it is to come back.
      await context.services.objects.head(input.objectKey);
      await storeDerived(files, folder, input.owner, context);
      await context.services.objects.writeJson(derivedKey(input.owner, 'measurements'), measurements);
      const problems = conversionProblems(pass, input.recording);
      return { playback, storyboard, poster, hasSpeechFile, labels, problems, commands };
    }),
});
