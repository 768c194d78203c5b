// How is a stack configured? Reads Pulumi.yaml and Pulumi.<stack>.yaml as Pulumi does.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { PlanFailed } from './plan-failed.ts';

export interface StackConfiguration {
  readonly project: string;
  readonly stack: string;
  /** Program, from the folder of Pulumi.yaml. */
  readonly main: string;
  /** Full keys and texts; lists and maps as JSON. */
  readonly values: { readonly [key: string]: string };
  /** Keys whose values are, or hold, secrets. Their values are placeholders: nobody has the key here. */
  readonly secretKeys: readonly string[];
}

interface Declaration {
  readonly type: string | undefined;
  readonly defaultValue: unknown;
}

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readYaml(path: string): { readonly [key: string]: unknown } {
  let content: unknown;
  try {
    content = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new PlanFailed(
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
  return isObject(content) ? content : {};
}

const secretMark = 'secure';
const isSealed = (value: unknown): boolean =>
  isObject(value) && Object.keys(value).length === 1 && typeof value[secretMark] === 'string';
const holdsSecret = (value: unknown): boolean =>
  isSealed(value) ||
  (Array.isArray(value)
    ? value.some(holdsSecret)
    : isObject(value) && Object.values(value).some(holdsSecret));

/** The value with a placeholder for everything sealed. */
function unsealed(key: string, value: unknown): unknown {
  if (isSealed(value)) return `secret-${key}`;
  if (Array.isArray(value)) return value.map((item) => unsealed(key, item));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, unsealed(key, item)]));
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const fits: { readonly [type: string]: (value: unknown) => boolean } = {
  string: (value) => typeof value !== 'object',
  integer: (value) => /^-?\d+$/u.test(asText(value)),
  boolean: (value) => /^(?:true|false)$/u.test(asText(value)),
  array: (value) => Array.isArray(value),
  object: isObject,
};

/** Keys of the project itself need no `<project>:` in front in Pulumi.yaml. */
function readDeclarations(project: string, config: unknown): ReadonlyMap<string, Declaration> {
  const declarations = isObject(config) ? Object.entries(config) : [];
  return new Map(
    declarations.map(([key, entry]) => [
      key.includes(':') ? key : `${project}:${key}`,
      isObject(entry)
        ? {
            type: typeof entry['type'] === 'string' ? entry['type'] : undefined,
            defaultValue: entry['default'] ?? entry['value'],
          }
        : { type: undefined, defaultValue: entry },
    ]),
  );
}

function findMistakes(
  stack: string,
  declared: ReadonlyMap<string, Declaration>,
  given: ReadonlyMap<string, unknown>,
): readonly string[] {
  return [...declared].flatMap(([key, { type }]) => {
    const value = given.get(key);
    if (value === undefined) return [`stack ${stack} needs a value for ${key}`];
    const isFit = type === undefined || isSealed(value) || (fits[type]?.(value) ?? true);
    return isFit ? [] : [`${key} of stack ${stack} must be of type ${type}`];
  });
}

/**
 * Reads both files of a folder; what the stack says stands before what the project says.
 * @throws PlanFailed naming every key that is missing or of the wrong type.
 */
export function readConfiguration(folder: string, stack: string): StackConfiguration {
  const file = join(folder, `Pulumi.${stack}.yaml`);
  if (!existsSync(file)) throw new PlanFailed(`there is no stack ${stack}: ${file} does not exist`);
  const projectFile = readYaml(join(folder, 'Pulumi.yaml'));
  const project = asText(projectFile['name'] ?? '');
  const declared = readDeclarations(project, projectFile['config']);
  const config = readYaml(file)['config'];
  const given = new Map<string, unknown>(
    [...declared].flatMap(([key, { defaultValue }]) =>
      defaultValue === undefined ? [] : [[key, defaultValue]],
    ),
  );
  for (const [key, value] of isObject(config) ? Object.entries(config) : [])
    given.set(key.includes(':') ? key : `${project}:${key}`, value);
  const mistakes = findMistakes(stack, declared, given);
  if (mistakes.length > 0) throw new PlanFailed(mistakes.join('\n'));
  return {
    project,
    stack,
    main: asText(projectFile['main'] ?? '.'),
    values: Object.fromEntries([...given].map(([key, value]) => [key, asText(unsealed(key, value))])),
    secretKeys: [...given].filter(([, value]) => holdsSecret(value)).map(([key]) => key),
  };
}
