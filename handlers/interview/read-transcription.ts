// Is the transcript ready? If so it is stored with the analysis.
import { derivedKey } from '../../domain/ids.ts';
import { readTranscriptionInputSchema, type StageIo } from '../../domain/stage-io.ts';
import { defineHandler, type HandlerContext } from '../support/handler.ts';

export const readTranscription = defineHandler({
  input: readTranscriptionInputSchema,
  run: async (
    { owner, jobName },
    context: HandlerContext<'transcriber' | 'objects'>,
  ): Promise<StageIo['readTranscription']['out']> => {
    const state = await context.services.transcriber.read(jobName);
    if (state.status === 'COMPLETED')
      await context.services.objects.writeJson(derivedKey(owner, 'transcript'), state.transcript);
    return { status: state.status, reason: state.status === 'UNAVAILABLE' ? state.reason : null };
  },
});
