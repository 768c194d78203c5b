// Which fields may stand where in a JSONata definition? Step Functions refuses every other one.

import type { State } from '../../systems/asl.ts';
import type { JsonObject } from './definition-rejected.ts';
import { DefinitionRejected, isObject } from './definition-rejected.ts';

const words = (text: string): readonly string[] => text.split(' ');
const leaving = words('Next End Output Assign');
const retriable = [...leaving, 'Retry', 'Catch'];

/**
 * By Type, beside Type, Comment and QueryLanguage. Sources: the language's specification, the developer guide's page
 * of each state, and floci's measurements in us-east-1 (issue 2735) for TimeoutSeconds, Retry and Catch.
 */
const stateFields: { readonly [Type in State['Type']]: readonly string[] } = {
  Task: [...retriable, ...words('Resource Arguments TimeoutSeconds HeartbeatSeconds Credentials')],
  Parallel: [...retriable, ...words('Arguments Branches')],
  Map: [...retriable, ...words('Items ItemSelector ItemProcessor MaxConcurrency')],
  Pass: leaving,
  Wait: [...leaving, ...words('Seconds Timestamp')],
  Choice: words('Choices Default Output Assign'),
  Succeed: words('Output'),
  Fail: words('Error Cause'),
};
const everyState = words('Type Comment QueryLanguage');
const distributedOnly = new Set(
  words('ItemReader ItemBatcher ResultWriter ToleratedFailureCount ToleratedFailurePercentage Label'),
);
const scopeFields = {
  'state machine': words('Comment StartAt States QueryLanguage TimeoutSeconds Version'),
  branch: words('Comment StartAt States'),
  'Map processor': words('Comment StartAt States ProcessorConfig'),
};
const rowFields = {
  Choices: words('Condition Next Output Assign Comment'),
  Retry: words('ErrorEquals IntervalSeconds MaxAttempts BackoffRate MaxDelaySeconds JitterStrategy Comment'),
  Catch: words('ErrorEquals Next Output Assign Comment'),
};

/** What holds states. */
export type ScopeKind = keyof typeof scopeFields;
/** The fields of a state that are tables. */
export type Table = keyof typeof rowFields;

/** Whether the language has states of this Type. */
export const isStateType = (type: unknown): type is State['Type'] =>
  typeof type === 'string' && Object.hasOwn(stateFields, type);

/** Whether a Map's ItemProcessor runs as executions of their own; INLINE is the default. */
export const isDistributed = (processor: JsonObject): boolean =>
  isObject(processor['ProcessorConfig']) && processor['ProcessorConfig']['Mode'] === 'DISTRIBUTED';

/** Throws DefinitionRejected for the first field that a state of its Type may not have. */
export function checkStateFields(state: JsonObject, type: State['Type'], place: string): void {
  const processor = state['ItemProcessor'];
  const isDistributedMap = type === 'Map' && isObject(processor) && isDistributed(processor);
  const allowed = new Set([
    ...everyState,
    ...stateFields[type],
    ...(isDistributedMap ? distributedOnly : []),
  ]);
  const field = Object.keys(state).find((name) => !allowed.has(name));
  if (field === undefined) return;
  if (type === 'Map' && distributedOnly.has(field)) {
    throw new DefinitionRejected(`Only a DISTRIBUTED Map may have ${field}; ${place} is an INLINE one.`);
  }
  throw new DefinitionRejected(`A ${type} state has no field '${field}' (${place}).`);
}

/** Throws DefinitionRejected for the first field that the machine, a branch or a Map's processor may not have. */
export function checkScopeFields(scope: JsonObject, kind: ScopeKind, place: string): void {
  const field = Object.keys(scope).find((name) => !scopeFields[kind].includes(name));
  if (field === undefined) return;
  throw new DefinitionRejected(`A ${kind} has no field '${field}' (${place}).`);
}

/** Throws DefinitionRejected for the first field that a row of the table may not have. */
export function checkRowFields(row: JsonObject, table: Table, place: string): void {
  const field = Object.keys(row).find((name) => !rowFields[table].includes(name));
  if (field === undefined) return;
  throw new DefinitionRejected(`A row of ${table} has no field '${field}' (${place}).`);
}
