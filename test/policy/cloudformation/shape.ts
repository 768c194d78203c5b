// How do the inputs of a Pulumi resource become properties of CloudFormation?
import { isProperties, type Properties } from '../../../policy/read.ts';
import type { Resource, StackGraph } from '../../../policy/resource.ts';

/** `kmsKeyId` → `KmsKeyId`, at every depth. */
export function pascal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pascal);
  if (!isProperties(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      pascal(inner),
    ]),
  );
}

/** Documents that Pulumi takes as text and CloudFormation as an object. */
export const json = (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : value);

/**
 * Inputs under other names: `null` leaves one out, what is not listed gets its own name in Pascal case.
 * Maps whose keys are data (variables, dimensions) must be listed.
 */
export function renamed(
  { inputs }: Resource,
  names: Readonly<Record<string, string | null>>,
  added: Properties = {},
): Properties {
  const own = Object.entries(inputs).flatMap(([name, value]) => {
    const target = Object.hasOwn(names, name) ? names[name] : name.charAt(0).toUpperCase() + name.slice(1);
    return target === null || target === undefined ? [] : [[target, pascal(value)] as const];
  });
  return { ...Object.fromEntries(own), ...added };
}

export interface MappedKind {
  /** `AWS::S3::Bucket` */
  readonly type: string;
  /** Types of resources that become a part of this one. */
  readonly settings?: readonly string[];
  readonly properties: (resource: Resource, settingsOf: (type: string) => readonly Resource[]) => Properties;
}

/** Autonaming puts the name of the owner and seven digits into the name in AWS. */
const isNamedAfter = (owner: Resource, value: unknown): boolean =>
  typeof value === 'string' && new RegExp(`-${owner.name}-[0-9a-f]{7}$`).test(value);

/** Inputs that say whose setting it is. A bucket may wait for another one, and a component may stand for its child. */
const ownerInputs = ['bucket', 'queueUrl', 'repository'];

export function belongsTo(owner: Resource, { inputs, dependencies }: Resource): boolean {
  const said = ownerInputs.map((name) => inputs[name]).find((value) => value !== undefined);
  return said === undefined ? dependencies.includes(owner.urn) : isNamedAfter(owner, said);
}

export const settingsIn =
  (graph: StackGraph, owner: Resource, { settings = [] }: MappedKind) =>
  (type: string): readonly Resource[] => {
    if (!settings.includes(type)) throw new Error(`${type} is not among the settings of ${owner.type}`);
    return graph.resources.filter((setting) => setting.type === type && belongsTo(owner, setting));
  };
