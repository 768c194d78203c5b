// How does a language model behind an OpenAI-compatible endpoint assess an answer?
import { ServiceRejected } from '../../domain/errors.ts';
import type { AnswerToAssess, Assessor } from '../contracts.ts';
import { complete, completionsUrl, type Endpoint, type ResponseFormat } from './chat-completion.ts';
import { modelAnswerJsonSchema } from './model-answer.ts';
import { createModelAssessor, type Ask } from './model-assessor.ts';

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
function createAsk(endpoint: Endpoint): Ask {
  let takesSchema = true;
  return async ({ answer, messages, signal }) => {
    if (takesSchema) {
      const text = await complete(endpoint, { messages, responseFormat: structured(answer), signal });
      if (text !== null) return { text };
    }
    const text = await complete(endpoint, { messages, responseFormat: jsonObject, signal });
    if (text === null) {
      throw new ServiceRejected(
        'UPSTREAM',
        'The language model’s server refuses the request; check the model’s name.',
      );
    }
    takesSchema = false;
    return { text };
  };
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
  return createModelAssessor({ ask: createAsk(configuration), modelName: model, timeoutSeconds });
}
