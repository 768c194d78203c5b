// Which language model assesses answers for a function? None, unless the stack names one.
import { createAssessor } from '../../services/aws/assessor.ts';
import type { Services } from '../../services/contracts.ts';
import type { FunctionEnvironment } from '../environment.ts';

export function openAssessor({
  MODEL_ID: modelId,
  GUARDRAIL_ID: id,
  GUARDRAIL_VERSION: version,
}: Pick<FunctionEnvironment, 'MODEL_ID' | 'GUARDRAIL_ID' | 'GUARDRAIL_VERSION'>): Services['assessor'] {
  if (modelId === null) return null;
  return createAssessor({ modelId, guardrail: id === null || version === null ? null : { id, version } });
}
