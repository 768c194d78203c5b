// How does a model of Amazon Bedrock assess an answer?
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { createModelAssessor } from '../assessors/model-assessor.ts';
import type { Assessor } from '../contracts.ts';
import { clientOptions } from './clients.ts';
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

/** An ARN names the account, which is nobody's business who reads a report. */
const nameOf = (modelId: string): string => modelId.slice(modelId.lastIndexOf('/') + 1);

/**
 * An assessor that asks Bedrock's Converse. Its answer is data, checked as `createModelAssessor` says; score and times
 * are computed here. `TemporaryFailure`: THROTTLED, UPSTREAM, TIMEOUT. `ServiceRejected` (MODEL_OUTPUT): unusable twice,
 * or stopped by the guardrail or the model's own filter; (UPSTREAM): the model may not or cannot be used.
 */
export function createAssessor(options: AssessorOptions): Assessor {
  const { modelId, guardrail, timeoutSeconds = 120 } = options;
  // An answer comes at once and as a whole: the time limit of the assessment is the only one.
  const patience = { requestMs: timeoutSeconds * 1000, silenceMs: timeoutSeconds * 1000 };
  const client = options.client ?? new BedrockRuntimeClient(clientOptions(patience));
  const ask = createConverse({ client, modelId, guardrail });
  return createModelAssessor({ ask, modelName: nameOf(modelId), timeoutSeconds });
}
