// How is speech to text set off for one recording?
import { startTranscriptionInputSchema, type StageIo } from '../../domain/stage-io.ts';
import { defineHandler, type HandlerContext } from '../support/handler.ts';

/** Starting the same job twice is one job. */
export const startTranscription = defineHandler({
  input: startTranscriptionInputSchema,
  run: async (
    { jobName, objectKey, language },
    context: HandlerContext<'transcriber'>,
  ): Promise<StageIo['startTranscription']['out']> => {
    await context.services.transcriber.start({ name: jobName, objectKey, language }, context.signal);
    return { jobName };
  },
});
