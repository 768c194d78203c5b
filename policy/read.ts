// What do the inputs of a resource say, and are they known yet?
import { type Resource, unknownValues } from './resource.ts';

/** A value exists only after the deployment, so that nobody can judge it now. */
export class NotKnownYet extends Error {
  constructor(path: string) {
    super(`${path} is not known before the deployment`);
    this.name = 'NotKnownYet';
  }
}

export type Properties = { readonly [name: string]: unknown };

export const isProperties = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The value at a path of names and indexes: `rule.objectOwnership`, `rules.0.bucketKeyEnabled`.
 * @returns `undefined` where the path leads nowhere.
 * @throws NotKnownYet
 */
export function at(value: unknown, path: string): unknown {
  let found = value;
  for (const step of path.split('.')) {
    if (Array.isArray(found)) found = (found as unknown[])[Number(step)];
    else found = isProperties(found) ? found[step] : undefined;
    if (unknownValues.has(found)) throw new NotKnownYet(path);
  }
  return found;
}

/** Whether an input says anything; providers answer with `''` and `null` where nobody did. @throws NotKnownYet */
export const isGiven = (resource: Resource, path: string): boolean =>
  ![undefined, null, ''].includes(input(resource, path) as undefined);

export const input = ({ inputs }: Resource, path: string): unknown => at(inputs, path);

/** Text of an input; `undefined` when there is none. @throws NotKnownYet */
export function textOf(resource: Resource, path: string): string | undefined {
  const value = input(resource, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Number of an input, also when it is written as text; `undefined` when there is none. @throws NotKnownYet */
export function numberOf(resource: Resource, path: string): number | undefined {
  const value = input(resource, path);
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** What IAM and CloudFormation write alone or in a list. Elements that are not known are left to the reader. */
export const listOf = (value: unknown): readonly unknown[] => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
};

/** An input that is a list of texts. @throws NotKnownYet */
export const textsOf = (resource: Resource, path: string): readonly string[] =>
  listOf(input(resource, path)).map((value) => {
    if (unknownValues.has(value)) throw new NotKnownYet(path);
    return String(value);
  });

/** An input that is a JSON document. `undefined` when there is none or it is no JSON. @throws NotKnownYet */
export function documentOf(resource: Resource, path: string): unknown {
  const value = input(resource, path);
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** A text anywhere in a value, with the path that leads to it; documents in texts are opened too. */
export function* textsWithin(value: unknown, path = ''): Generator<readonly [path: string, text: string]> {
  if (typeof value === 'string') yield [path, value];
  else if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) yield* textsWithin(element, `${path}[${String(index)}]`);
  } else if (isProperties(value)) {
    for (const [name, element] of Object.entries(value)) {
      yield* textsWithin(element, path === '' ? name : `${path}.${name}`);
    }
  }
}
