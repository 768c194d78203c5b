// Is one state a state of the language, seen for itself and among its neighbours?

import type { Json, State } from '../../systems/asl.ts';
import type { Table } from './allowed-fields.ts';
import { checkRowFields, checkStateFields, isStateType } from './allowed-fields.ts';
import type { JsonObject } from './definition-rejected.ts';
import { DefinitionRejected, isObject } from './definition-rejected.ts';
import { isList } from './expressions.ts';

const jsonPathFields = [
  'InputPath',
  'OutputPath',
  'Parameters',
  'ResultPath',
  'ResultSelector',
  'ItemsPath',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'MaxConcurrencyPath',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentagePath',
  'ErrorPath',
  'CausePath',
  'Result',
  'Iterator',
];
const tables: readonly Table[] = ['Choices', 'Retry', 'Catch'];
/** They go on by other means than Next and End, or not at all. */
const withoutNext: ReadonlySet<State['Type']> = new Set(['Succeed', 'Fail', 'Choice'] as const);
/** Characters; the States Language's own limit. */
const longestName = 80;

/** The scope a state stands in, and where the state is. */
interface Surroundings {
  readonly name: string;
  readonly states: JsonObject;
  readonly place: string;
}

/**
 * Throws DefinitionRejected unless the state has a known Type, only fields of JSONata mode that its Type may have,
 * whole tables, and ways out that name states of the same scope. Scopes inside it are not looked at.
 */
export function checkState(state: JsonObject, { name, states, place }: Surroundings): void {
  if (name.length > longestName) {
    throw new DefinitionRejected(`The name of ${place} is longer than ${longestName} characters.`);
  }
  checkLanguage(state, place);
  const type = state['Type'];
  if (!isStateType(type)) {
    throw new DefinitionRejected(`${place} has the unknown Type ${JSON.stringify(type ?? null)}.`);
  }
  checkStateFields(state, type, place);
  if (!withoutNext.has(type)) checkTransition(state, states, place);
  if (type === 'Task' && typeof state['Resource'] !== 'string') {
    throw new DefinitionRejected(`${place} is a Task without a Resource.`);
  }
  if (type === 'Wait') checkWait(state, place);
  if (type === 'Choice' && state['Choices'] === undefined) {
    throw new DefinitionRejected(`${place} is a Choice without Choices.`);
  }
  if (state['Default'] !== undefined) checkTarget(state['Default'], { states, at: place, field: 'Default' });
  for (const table of tables) checkTable(state[table], { table, states, place });
}

/** Throws DefinitionRejected unless the field names a state of the scope; `at` is '' for the machine itself. */
export function checkTarget(
  target: Json | undefined,
  { states, at, field }: { readonly states: JsonObject; readonly at: string; readonly field: string },
): void {
  const place = at === '' ? 'the top level' : at;
  if (typeof target !== 'string') throw new DefinitionRejected(`${field} is missing at ${place}.`);
  if (!Object.hasOwn(states, target)) {
    throw new DefinitionRejected(`${field} at ${place} names the state '${target}', which does not exist.`);
  }
}

function checkLanguage(state: JsonObject, place: string): void {
  if (state['QueryLanguage'] === 'JSONPath') {
    throw new DefinitionRejected(
      `'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine (${place}).`,
    );
  }
  const choices = state['Choices'];
  const hasJsonPathRule =
    choices !== undefined && isList(choices) && choices.some((rule) => isObject(rule) && 'Variable' in rule);
  const field = hasJsonPathRule ? 'Variable' : jsonPathFields.find((name) => name in state);
  if (field !== undefined) {
    throw new DefinitionRejected(
      `The QueryLanguage is set to 'JSONata', but field '${field}' is only supported for the 'JSONPath' ` +
        `QueryLanguage (${place}).`,
    );
  }
}

function checkTransition(state: JsonObject, states: JsonObject, place: string): void {
  if (state['End'] !== true) checkTarget(state['Next'], { states, at: place, field: 'Next' });
  else if (state['Next'] !== undefined) {
    throw new DefinitionRejected(`${place} has both Next and End; only one of them may stand there.`);
  }
}

function checkWait(state: JsonObject, place: string): void {
  const hasSeconds = state['Seconds'] !== undefined;
  const hasTimestamp = state['Timestamp'] !== undefined;
  if (hasSeconds && hasTimestamp) {
    throw new DefinitionRejected(
      `${place} has both Seconds and Timestamp; only one of them may stand there.`,
    );
  }
  if (!hasSeconds && !hasTimestamp) {
    throw new DefinitionRejected(`${place} is a Wait without Seconds or Timestamp.`);
  }
}

function checkTable(
  rows: Json | undefined,
  { table, states, place }: { readonly table: Table; readonly states: JsonObject; readonly place: string },
): void {
  if (rows === undefined) return;
  if (!isList(rows)) throw new DefinitionRejected(`${table} of ${place} is not a list.`);
  for (const [i, row] of rows.entries()) {
    const at = `${place}/${table}[${i}]`;
    if (!isObject(row)) throw new DefinitionRejected(`${at} is not an object.`);
    checkRowFields(row, table, at);
    if (table === 'Choices' && row['Condition'] === undefined) {
      throw new DefinitionRejected(`${at} has no Condition.`);
    }
    if (table !== 'Choices') checkErrorEquals(row['ErrorEquals'], { at, isLast: i === rows.length - 1 });
    if (table !== 'Retry') checkTarget(row['Next'], { states, at, field: 'Next' });
  }
}

function checkErrorEquals(
  names: Json | undefined,
  { at, isLast }: { readonly at: string; readonly isLast: boolean },
): void {
  if (names === undefined || !isList(names)) throw new DefinitionRejected(`${at} has no ErrorEquals.`);
  if (!names.includes('States.ALL') || (names.length === 1 && isLast)) return;
  throw new DefinitionRejected(
    `States.ALL must stand alone in its ErrorEquals and in the last row; at ${at} it does not.`,
  );
}
