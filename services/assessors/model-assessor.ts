// How does whatever a language model says become an assessment, or a refusal? The same for every provider.
import { ServiceRejected, TemporaryFailure } from '../../domain/errors.ts';
import type { AnswerToAssess, Assessor } from '../contracts.ts';
import { judge } from './model-answer.ts';
import { assessmentMessages, repairMessages, type ChatMessage } from './prompt.ts';

interface Question {
  readonly answer: AnswerToAssess;
  readonly messages: readonly ChatMessage[];
  readonly signal: AbortSignal;
}

interface Said {
  readonly text: string;
  /** What the provider already knows to be wrong with it, in words for the model. */
  readonly fault?: string;
}

/** Puts a conversation to a model. Throws `TemporaryFailure`, `ServiceRejected`, or the signal's reason. */
export type Ask = (question: Question) => Promise<Said>;

async function assess(ask: Ask, modelName: string, answer: AnswerToAssess, signal: AbortSignal) {
  const judged = ({ text, fault }: Said) =>
    fault === undefined ? judge(text, answer, modelName) : { faults: [fault] };
  const messages = assessmentMessages(answer);
  const said = await ask({ answer, messages, signal });
  const first = judged(said);
  if ('assessment' in first) return first.assessment;
  const repair = [...messages, ...repairMessages(said.text, first.faults)];
  const second = judged(await ask({ answer, messages: repair, signal }));
  if ('assessment' in second) return second.assessment;
  throw new ServiceRejected(
    'MODEL_OUTPUT',
    'The language model’s assessment cannot be used: it broke the schema or quoted words that were not said, twice.',
    { cause: new Error(second.faults.join('; ')) },
  );
}

export interface ModelAssessorOptions {
  readonly ask: Ask;
  /** Stands in the assessment's provenance. */
  readonly modelName: string;
  /** For the whole assessment, a second try included. */
  readonly timeoutSeconds: number;
}

/**
 * An assessor whose answers are data: each must fit the schema, each quote must stand in the transcript and each cited
 * figure must have a value, else it gets one more try and is then a `ServiceRejected` (MODEL_OUTPUT). A model that takes
 * too long is a `TemporaryFailure` (TIMEOUT).
 */
export function createModelAssessor({ ask, modelName, timeoutSeconds }: ModelAssessorOptions): Assessor {
  return {
    assess: async (answer, signal) => {
      signal.throwIfAborted();
      if (answer.transcript.words.length === 0) {
        throw new ServiceRejected('MODEL_OUTPUT', 'There are no words to assess.');
      }
      const deadline = AbortSignal.timeout(timeoutSeconds * 1000);
      try {
        return await assess(ask, modelName, answer, AbortSignal.any([signal, deadline]));
      } catch (error) {
        if (signal.aborted || !deadline.aborted) throw error;
        throw new TemporaryFailure('TIMEOUT', `The language model took longer than ${timeoutSeconds} s.`, {
          cause: error,
        });
      }
    },
  };
}
