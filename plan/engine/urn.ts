// What is a resource called in the whole world of Pulumi?

/** `urn:pulumi:<stack>::<project>::<types of the parents>$<type>::<name>` */
export type Urn = string;

/** Type of the resource that every other one descends from; it does not count as a parent's type. */
export const stackType = 'pulumi:pulumi:Stack';

export interface Scope {
  readonly stack: string;
  readonly project: string;
}

const partsOf = (urn: Urn): readonly string[] => urn.split('::');

/** The types of all parents and of the resource itself, joined by `$`. */
const qualifiedTypeOf = (urn: Urn): string => partsOf(urn)[2] ?? '';

export const typeOf = (urn: Urn): string => qualifiedTypeOf(urn).split('$').at(-1) ?? '';

/** A name may itself contain `::`. */
export const nameOf = (urn: Urn): string => partsOf(urn).slice(3).join('::');

/** The URN of a child of `parent`; `''` is no parent. */
export function makeUrn(scope: Scope, parent: Urn, type: string, name: string): Urn {
  const parentTypes = qualifiedTypeOf(parent);
  const types = parentTypes === '' || parentTypes === stackType ? type : `${parentTypes}$${type}`;
  return `urn:pulumi:${scope.stack}::${scope.project}::${types}::${name}`;
}
