// How does a language model behind an OpenAI-compatible endpoint assess an answer?
import { ServiceRejected, TemporaryFailure } from '../../domain/errors.ts';
import type { AnswerToAssess, Assessor } from '../contracts.ts';
import { complete, completionsUrl, type Endpoint, type ResponseFormat } from './chat-completion.ts';
import { judge, modelAnswerJsonSchema } from './model-answer.ts';
import { assessmentMessages, repairMessages, type ChatMessage } from './prompt.ts';

export interface OpenAiCompatibleConfiguration extends Endpoint {
  /** For the whole assessment, a second try included. Default 120. */
  readonly timeoutSeconds?: number;
}

const jsonObject: ResponseFormat = { type: 'json_object' };

const structured = (answer: AnswerToAssess): ResponseFormat => ({
  type: 'json_schema',
  json_schema: { name: 'assessment', strict: true, schema: modelAnswerJsonSchema(answer) },
});

/** Asks with a schema, and without one of a server that refuses it; what it refused is remembered. */
function createAsk(endpoint: Endpoint) {
  let takesSchema = true;
  return async (
    answer: AnswerToAssess,
    messages: readonly ChatMessage[],
    signal: AbortSignal,
  ): Promise<string> => {
    if (takesSchema) {
      const text = await complete(endpoint, { messages, responseFormat: structured(answer), signal });
      if (text !== null) return text;
    }
    const text = await complete(endpoint, { messages, responseFormat: jsonObject, signal });
    if (text === null) {
      throw new ServiceRejected(
        'UPSTREAM',
        'The language model’s server refuses the request; check the model’s name.',
      );
    }
    takesSchema = false;
    return text;
  };
}

type Ask = ReturnType<typeof createAsk>;

async function assess(ask: Ask, modelId: string, answer: AnswerToAssess, signal: AbortSignal) {
  const messages = assessmentMessages(answer);
  const text = await ask(answer, messages, signal);
  const first = judge(text, answer, modelId);
  if ('assessment' in first) return first.assessment;
  const repaired = await ask(answer, [...messages, ...repairMessages(text, first.faults)], signal);
  const second = judge(repaired, answer, modelId);
  if ('assessment' in second) return second.assessment;
  throw new ServiceRejected(
    'MODEL_OUTPUT',
    'The language model’s assessment cannot be used: it broke the schema or quoted words that were not said, twice.',
    { cause: new Error(second.faults.join('; ')) },
  );
}

/**
 * An assessor of any server that speaks OpenAI's chat completions. Its answer is data: it must fit the schema, each
 * quote must stand in the transcript and each cited figure must have a value, else it gets one more try and is then a
 * `ServiceRejected` (MODEL_OUTPUT). Score and times are computed here. `TemporaryFailure`: THROTTLED, UPSTREAM, TIMEOUT.
 * A configuration that cannot be used throws `ServiceRejected` at once.
 */
export function createOpenAiCompatibleAssessor(configuration: OpenAiCompatibleConfiguration): Assessor {
  const { model, timeoutSeconds = 120 } = configuration;
  completionsUrl(configuration);
  const ask = createAsk(configuration);
  return {
    assess: async (answer, signal) => {
      signal.throwIfAborted();
      if (answer.transcript.words.length === 0) {
        throw new ServiceRejected('MODEL_OUTPUT', 'There are no words to assess.');
      }
      const deadline = AbortSignal.timeout(timeoutSeconds * 1000);
      try {
        return await assess(ask, model, answer, AbortSignal.any([signal, deadline]));
      } catch (error) {
        if (signal.aborted || !deadline.aborted) throw error;
        throw new TemporaryFailure('TIMEOUT', `The language model took longer than ${timeoutSeconds} s.`, {
          cause: error,
        });
      }
    },
  };
}
