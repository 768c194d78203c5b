// Is this upload a recording that can be analysed, and what is in it?
import { join } from 'node:path';
import { RecordingRejected } from '../../domain/errors.ts';
import type { Recording } from '../../domain/recording.ts';
import { damaged, type Problem } from '../../domain/report.ts';
import { probeInputSchema, type StageIo } from '../../domain/stage-io.ts';
import { withDeadline } from '../../media/deadline.ts';
import { probe } from '../../media/probe.ts';
import { defineHandler, type HandlerContext } from '../support/handler.ts';
import { hearCommands } from '../support/heard-commands.ts';
import { withScratchFolder } from '../support/scratch.ts';

/** What is missing from the recording, for the candidate. */
function problemsOf({ video, audio, truncated, warnings, durationSeconds }: Recording): Problem[] {
  const problems: Problem[] = [];
  if (truncated)
    problems.push({
      code: 'TRUNCATED',
      message: `The recording breaks off; its first ${durationSeconds.toFixed(1)} seconds were saved.`,
    });
  else if (warnings.length > 0) problems.push(damaged(warnings));
  if (!video) problems.push({ code: 'NO_VIDEO', message: 'The recording has no picture.' });
  if (!audio) problems.push({ code: 'NO_AUDIO', message: 'The recording has no sound.' });
  return problems;
}

/** Less than this is not worth a report when the rest of the file is lost. */
const minimumSavedSeconds = 0.5;

/** Left for ending a child process that is slow to go, and for the answer. */
const answerSeconds = 10;

/** @throws RecordingRejected with the code that says why the file cannot be used. */
export const probeRecording = defineHandler({
  input: probeInputSchema,
  run: async ({ objectKey, sha256 }, context: HandlerContext<'objects'>): Promise<StageIo['probe']['out']> =>
    withScratchFolder(context.scratchFolder, async (folder) => {
      const path = join(folder, 'recording');
      const { signal, timeoutSeconds } = context;
      const { context: heard, commands } = hearCommands(context);
      const recording = await withDeadline(
        { signal, seconds: timeoutSeconds - answerSeconds },
        async (deadline) => {
          await context.services.objects.download(objectKey, path, deadline.signal);
          return probe(path, heard.media.tools, deadline.signal);
        },
      );
      if (sha256 !== null && sha256 !== recording.sha256)
        throw new RecordingRejected('CHECKSUM', 'The file that arrived is not the file that was sent.');
      if (recording.truncated && recording.durationSeconds < minimumSavedSeconds)
        throw new RecordingRejected('TRUNCATED', 'The recording breaks off right at its beginning.');
      context.onProgress(1);
      return { recording, problems: problemsOf(recording), commands };
    }),
});
