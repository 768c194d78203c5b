// Which language model assesses answers for a function? None, unless the stack names one.
import { InternalError } from '../../domain/errors.ts';
import type { Services } from '../../services/contracts.ts';
import type { FunctionEnvironment } from '../environment.ts';

export function openAssessor({
  MODEL_ID: modelId,
}: Pick<FunctionEnvironment, 'MODEL_ID' | 'GUARDRAIL_ID' | 'GUARDRAIL_VERSION'>): Services['assessor'] {
  if (modelId !== null) throw new InternalError('Bedrock is not connected yet');
  return null;
}
