// How is one conversation put to a model of Amazon Bedrock, and what can come back?
import {
  ConverseCommand,
  type BedrockRuntimeClient,
  type ConverseCommandInput,
  type ConverseResponse,
  type Message,
  type StopReason,
  type Tool,
  type ToolInputSchema,
} from '@aws-sdk/client-bedrock-runtime';
import { ServiceRejected, TemporaryFailure } from '../../domain/errors.ts';
import { modelAnswerJsonSchema } from '../assessors/model-answer.ts';
import type { Ask } from '../assessors/model-assessor.ts';
import type { ChatMessage } from '../assessors/prompt.ts';
import type { AnswerToAssess } from '../contracts.ts';
import { factsOf, guarded } from './errors.ts';

export interface Guardrail {
  readonly id: string;
  /** A number, or `DRAFT`. */
  readonly version: string;
}

interface ConverseOptions {
  readonly client: BedrockRuntimeClient;
  readonly modelId: string;
  readonly guardrail: Guardrail | null;
}

/** An assessment that uses every field to its limit has about 3,000 tokens. */
const maximumTokens = 4096;
const toolName = 'record_assessment';

/**
 * Ways to ask for JSON, from the strictest to what every model takes: `tool` makes the model fill in a schema, `text`
 * relies on the prompt, `plain` leaves the temperature to the model too, because some take none.
 */
type Way = 'tool' | 'text' | 'plain';

/** Who can be told which tool to use (API reference, ToolChoice): Claude from 3 on, and Nova. */
const takesTools = /(?:^|[./:])(?:anthropic\.claude-(?!v\d|instant)|amazon\.nova-)/;

/**
 * A guardrail looks at what a model writes, but not at what it fills into a tool (User Guide, "Include a guardrail with
 * the Converse API"), so behind a guardrail the model is asked for text.
 */
const waysOf = ({ modelId, guardrail }: ConverseOptions): readonly Way[] =>
  guardrail === null && takesTools.test(modelId) ? ['tool', 'plain'] : ['text', 'plain'];

type SchemaField = NonNullable<ToolInputSchema['json']>;

/** Nova takes these three fields, and no other, at the top of a schema. */
function toolFor(answer: AnswerToAssess): Tool {
  const schema = modelAnswerJsonSchema(answer) as Readonly<Record<string, SchemaField>>;
  const top = Object.entries(schema).filter(([name]) => ['type', 'properties', 'required'].includes(name));
  const description = 'Records the assessment of the answer.';
  return { toolSpec: { name: toolName, description, inputSchema: { json: Object.fromEntries(top) } } };
}

/** Guarded content is all that a guardrail looks at: the candidate's words, not our instructions. */
function messageOf({ role, content }: ChatMessage, isGuarded: boolean): Message {
  // Converse takes no empty text.
  const text = content.trim() === '' ? '(nothing)' : content;
  return {
    role: role === 'assistant' ? 'assistant' : 'user',
    content: [isGuarded ? { guardContent: { text: { text } } } : { text }],
  };
}

type Question = Parameters<Ask>[0];

function requestOf(way: Way, options: ConverseOptions, { answer, messages }: Question): ConverseCommandInput {
  const { modelId, guardrail } = options;
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => ({ text: content }));
  const talk = messages.filter(({ role }) => role !== 'system');
  return {
    modelId,
    system,
    messages: talk.map((message, index) => messageOf(message, guardrail !== null && index === 0)),
    inferenceConfig: { maxTokens: maximumTokens, ...(way === 'plain' ? {} : { temperature: 0 }) },
    ...(way === 'tool'
      ? { toolConfig: { tools: [toolFor(answer)], toolChoice: { tool: { name: toolName } } } }
      : {}),
    ...(guardrail === null
      ? {}
      : {
          guardrailConfig: {
            guardrailIdentifier: guardrail.id,
            guardrailVersion: guardrail.version,
            trace: 'disabled',
          },
        }),
  };
}

/** Endings after which there is nothing to read: asking again would end the same. */
const stopped: { readonly [Reason in StopReason]?: string } = {
  guardrail_intervened: 'The guardrail stopped the language model.',
  content_filtered: 'The language model’s own filter stopped it.',
  model_context_window_exceeded: 'The answer is too long for the language model.',
};

function read({ output, stopReason }: ConverseResponse): Awaited<ReturnType<Ask>> {
  const sentence = stopReason && stopped[stopReason];
  if (sentence !== undefined) throw new ServiceRejected('MODEL_OUTPUT', sentence);
  const blocks = output?.message?.content ?? [];
  const filledIn = blocks.find(({ toolUse }) => toolUse?.name === toolName)?.toolUse?.input;
  const text =
    filledIn === undefined ? blocks.map((block) => block.text ?? '').join('') : JSON.stringify(filledIn);
  return stopReason === 'max_tokens'
    ? { text, fault: 'The answer was cut off because it was too long.' }
    : { text };
}

/** What Bedrock says of its models, beside what every service says. */
function translate(error: unknown): unknown {
  const { name, message, status } = factsOf(error);
  const details = { cause: error };
  if (name === 'ModelTimeoutException')
    return new TemporaryFailure('TIMEOUT', 'The language model took too long.', details);
  if (name === 'ModelErrorException' || name === 'ModelNotReadyException')
    return new TemporaryFailure('UPSTREAM', 'The language model failed.', details);
  // The HTTP/2 client says so in words only.
  if (status === null && /http\/?2|Frame type/i.test(message))
    return new TemporaryFailure('UPSTREAM', 'The connection to the language model broke.', details);
  // Access to a model is asked for by hand; a report without it is better than none.
  if (name === 'AccessDeniedException' || name === 'ResourceNotFoundException')
    return new ServiceRejected(
      'UPSTREAM',
      'The language model is not there, or may not be used; check its id and the access to it.',
      details,
    );
  return error;
}

async function converse(way: Way, options: ConverseOptions, question: Question): Promise<ConverseResponse> {
  const command = new ConverseCommand(requestOf(way, options, question));
  try {
    return await options.client.send(command, { abortSignal: question.signal });
  } catch (error) {
    throw translate(error);
  }
}

/** Asks in the strictest way that the model takes; the way that it took is remembered. */
export function createConverse(options: ConverseOptions): Ask {
  let ways = waysOf(options);
  const ask = async (question: Question): Promise<ConverseResponse> => {
    let refusal: unknown;
    for (const way of ways) {
      try {
        const response = await converse(way, options, question);
        ways = [way];
        return response;
      } catch (error) {
        if (factsOf(error).name !== 'ValidationException') throw error;
        refusal = error;
      }
    }
    throw refusal;
  };
  return (question) =>
    guarded('Asking the language model', async () => read(await ask(question)), question.signal);
}
