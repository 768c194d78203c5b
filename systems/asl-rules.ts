// Is a compiled definition one that we would deploy? Rules beyond what the States Language itself demands.
import type { StateMachineDefinition } from './asl.ts';
import { dataFindings } from './rules/data-rules.ts';
import { faultFindings } from './rules/fault-rules.ts';
import type { Finding } from './rules/finding.ts';
import { flowFindings } from './rules/flow-rules.ts';

export type { Finding, RuleName } from './rules/finding.ts';

/**
 * Every fault of the definition, in no order; an empty list for a sound one. It repeats what the compiler checks
 * where it can, from the parsed expressions instead of their text, because a definition may come from elsewhere.
 */
export const checkDefinition = (definition: StateMachineDefinition): readonly Finding[] => [
  ...flowFindings(definition),
  ...dataFindings(definition),
  ...faultFindings(definition),
];
