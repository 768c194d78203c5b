// How does a model of Amazon Bedrock assess an answer?
import { BedrockRuntimeClient, type BedrockRuntimeClientConfig } from '@aws-sdk/client-bedrock-runtime';
import { createModelAssessor } from '../assessors/model-assessor.ts';
import type { Assessor } from '../contracts.ts';
import { brief, clientOptions } from './clients.ts';
import { createConverse, type Guardrail } from './converse.ts';

export interface AssessorOptions {
  /** Default: a client of its own, with the region and the credentials of the environment. */
  readonly client?: BedrockRuntimeClient;
  /** Model id, inference profile, or the ARN of either. */
  readonly modelId: string;
  /** `null`: none. */
  readonly guardrail: Guardrail | null;
  /** For the whole assessment, all tries included. Default 120. */
  readonly timeoutSeconds?: number;
}

/**
 * A client for answers that come at once and as a whole, however long the model thinks. Alone among our clients it
 * speaks HTTP/2, with options of its own: a session for each call, because Lambda freezes between calls and a session
 * that died meanwhile would leave the next call waiting.
 */
export const createModelClient = (timeoutSeconds: number, place: BedrockRuntimeClientConfig = {}) =>
  new BedrockRuntimeClient({
    ...clientOptions(brief),
    requestHandler: { requestTimeout: timeoutSeconds * 1000, disableConcurrentStreams: true },
    ...place,
  });

/** An ARN names the account, which is nobody's business who reads a report. */
const nameOf = (modelId: string): string => modelId.slice(modelId.lastIndexOf('/') + 1);

/**
 * An assessor that asks Bedrock's Converse. Its answer is data, checked as `createModelAssessor` says; score and times
 * are computed here. `TemporaryFailure`: THROTTLED, UPSTREAM, TIMEOUT. `ServiceRejected` (MODEL_OUTPUT): unusable twice,
 * or stopped by the guardrail or the model's own filter; (UPSTREAM): the model may not or cannot be used.
 */
export function createAssessor(options: AssessorOptions): Assessor {
  const { modelId, guardrail, timeoutSeconds = 120 } = options;
  const client = options.client ?? createModelClient(timeoutSeconds);
  const ask = createConverse({ client, modelId, guardrail });
  return createModelAssessor({ ask, modelName: nameOf(modelId), timeoutSeconds });
}
