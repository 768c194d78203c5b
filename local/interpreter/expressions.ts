// What is the value of a JSONata template, and what does AWS say when it has none?

import jsonata from 'jsonata';
import { InternalError } from '../../domain/errors.ts';
import { assertFinite } from '../../domain/json-numbers.ts';
import type { Json } from '../../systems/asl.ts';
import type { CodedError } from './states-functions.ts';

/** A template could not be evaluated. `cause` is AWS's sentence without the "An error occurred …" prefix. */
export class EvaluationFailed extends Error {
  override readonly name = 'EvaluationFailed';
  readonly location: string;
  constructor(message: string, location: string) {
    super(message);
    this.location = location;
  }
}

/** What the expressions of a template can read: `$states`, the variables, and Step Functions' functions. */
export interface Bindings {
  readonly states: { readonly [name: string]: unknown };
  readonly [name: string]: unknown;
}

/** AWS gives one expression five seconds (measured by floci). */
const longestEvaluationMs = 5000;
const compiled = new Map<string, jsonata.Expression>();

/** The text between `{%` and `%}`, or undefined when the string is not an expression (leading space included). */
export function expressionIn(text: string): string | undefined {
  return /^\{%([\s\S]*)%\}$/.exec(text)?.[1]?.trim();
}

/** Compiles an expression once; throws JSONata's error `{code, message}` when it does not parse. */
export function compile(expression: string): jsonata.Expression {
  const known = compiled.get(expression);
  if (known !== undefined) return known;
  const fresh = jsonata(expression, { timeout: longestEvaluationMs });
  compiled.set(expression, fresh);
  return fresh;
}

/**
 * The template with every expression replaced by its value. `location` names the field as AWS does: `Output`,
 * `Output/a`, `Output/a[0]`. Throws EvaluationFailed for an expression that fails, gives nothing, or gives a
 * function or a number that is not finite (jsonata lets `1/0` be Infinity, which JSON would turn into null).
 */
export async function evaluate(template: Json, location: string, bindings: Bindings): Promise<Json> {
  if (typeof template === 'string') {
    const expression = expressionIn(template);
    return expression === undefined ? template : evaluateExpression(expression, location, bindings);
  }
  if (typeof template !== 'object' || template === null) return template;
  if (isList(template)) {
    const values: Json[] = [];
    for (const [i, item] of template.entries()) {
      values.push(await evaluate(item, `${location}[${i}]`, bindings));
    }
    return values;
  }
  const entries: [string, Json][] = [];
  for (const [key, item] of Object.entries(template)) {
    entries.push([key, await evaluate(item, `${location}/${key}`, bindings)]);
  }
  return Object.fromEntries(entries);
}

/** Evaluates a field that must have one type. AWS names both types when the value has another. */
export async function evaluateTyped<T extends 'number' | 'string' | 'boolean' | 'array'>(
  type: T,
  template: Json,
  { location, bindings }: { readonly location: string; readonly bindings: Bindings },
): Promise<TypeNamed[T]> {
  const value = await evaluate(template, location, bindings);
  if (typeOf(value) === type) return value as TypeNamed[T];
  const expression =
    typeof template === 'string' ? (expressionIn(template) ?? template) : JSON.stringify(template);
  throw new EvaluationFailed(
    `The JSONata expression '${expression}' specified for the field '${location}' returned an unexpected result ` +
      `type. Expected '${type}', but was '${typeOf(value)}' for value: ${JSON.stringify(value)}`,
    location,
  );
}

interface TypeNamed {
  readonly number: number;
  readonly string: string;
  readonly boolean: boolean;
  readonly array: readonly Json[];
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Array.isArray, but it also narrows a read-only array. */
export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

async function evaluateExpression(expression: string, location: string, bindings: Bindings): Promise<Json> {
  const about = `The JSONata expression '${expression}' specified for the field '${location}'`;
  let value: unknown;
  try {
    // No context item: Step Functions reads the input as $states.input, never as $.
    value = await compile(expression).evaluate(undefined, bindings);
  } catch (error) {
    throw new EvaluationFailed(`${about} threw an error during evaluation${reasonOf(error)}`, location);
  }
  if (value === undefined) throw new EvaluationFailed(`${about} returned nothing (undefined).`, location);
  const text = jsonText(value);
  if (text === undefined)
    throw new EvaluationFailed(`${about} returned an unsupported result type.`, location);
  if (!hasFiniteNumbers(value)) {
    throw new EvaluationFailed(`${about} returned a number that is not finite.`, location);
  }
  return typeof value === 'object' ? JSON.parse(text) : (value as Json);
}

/** Whether every number in the value is one that JSON can hold. */
function hasFiniteNumbers(value: unknown): boolean {
  try {
    assertFinite(value);
    return true;
  } catch (error) {
    if (error instanceof InternalError) return false;
    throw error;
  }
}

/** Undefined for what JSON cannot hold: functions, alone or inside, which point to themselves. */
function jsonText(value: unknown): string | undefined {
  if (typeof value === 'function' || isLambda(value)) return undefined;
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** JSONata's own errors carry a code and are sentences of their own; the others are not (floci, 101 shapes on AWS). */
function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return `: ${String(error)}`;
  const { code, message } = error as CodedError;
  return code === undefined ? `: ${message}` : `. ${code}: ${message}`;
}

function isLambda(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    ('_jsonata_lambda' in value || '_jsonata_function' in value)
  );
}
