// What do the words say, and what does a language model make of them, if one is configured?
import { GreenroomError } from '../../domain/errors.ts';
import { derivedKey } from '../../domain/ids.ts';
import type { Problem } from '../../domain/report.ts';
import { measureTextInputSchema, type StageIo } from '../../domain/stage-io.ts';
import { textFigures } from '../../domain/text-metrics/text-figures.ts';
import { transcriptSchema } from '../../domain/transcript.ts';
import { defineHandler, type HandlerContext } from '../support/handler.ts';

const unusable: Problem = {
  code: 'MODEL_OUTPUT',
  message: 'The language model gave no usable assessment; local rules took its place.',
};

/**
 * Stores the figures of the words, and the model's assessment beside them. A model whose answer must not be used
 * leaves a problem and no assessment; one that cannot be reached is tried again by the state machine.
 */
export const measureText = defineHandler({
  input: measureTextInputSchema,
  run: async (
    { owner, question },
    { services, signal, log }: HandlerContext<'objects' | 'assessor'>,
  ): Promise<StageIo['measureText']['out']> => {
    const transcript = transcriptSchema.parse(
      await services.objects.readJson(derivedKey(owner, 'transcript')),
    );
    const figures = textFigures({ transcript, reason: null, audio: null });
    await services.objects.writeJson(derivedKey(owner, 'textFigures'), figures);
    if (!services.assessor) return { hasAssessment: false, problems: [] };
    try {
      const assessment = await services.assessor.assess({ question, transcript, figures }, signal);
      await services.objects.writeJson(derivedKey(owner, 'assessment'), assessment);
      return { hasAssessment: true, problems: [] };
    } catch (error) {
      if (!(error instanceof GreenroomError) || error.code !== 'MODEL_OUTPUT') throw error;
      log('model answer refused', { message: error.message });
      return { hasAssessment: false, problems: [unusable] };
    }
  },
});
