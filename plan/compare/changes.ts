// What would a deployment do to what is there already?
import type { Registration } from '../engine/registration.ts';
import { nameOf, typeOf, type Urn } from '../engine/urn.ts';
import type { PlannedStack } from '../plan-stack.ts';
import { aliasesOf } from './aliases.ts';
import { asBaseline, type Baseline, type BaselineResource } from './baseline.ts';
import { forcesReplacement } from './replacements.ts';

export type Operation = 'create' | 'change' | 'replace' | 'delete' | 'same';

/** What happens to one resource. */
export interface Change {
  readonly operation: Operation;
  readonly urn: Urn;
  readonly type: string;
  readonly name: string;
  /** The URN under which it was known until now, if an alias found it there. */
  readonly renamedFrom: Urn | null;
  /** Properties that differ, sorted; `protect` and `retainOnDelete` are among them. */
  readonly properties: readonly string[];
  /** Those of them that make a new resource. */
  readonly forcedBy: readonly string[];
  /** Properties made from a resource that is replaced: known only afterwards. */
  readonly following: readonly string[];
  /** A replacement is made after its predecessor is gone. */
  readonly deletedFirst: boolean;
  /** Pulumi forgets it, AWS keeps it. */
  readonly staysInAccount: boolean;
  /** Why Pulumi would refuse: it is protected. */
  readonly isRefused: boolean;
}

const quiet = {
  renamedFrom: null,
  properties: [],
  forcedBy: [],
  following: [],
  deletedFirst: false,
  staysInAccount: false,
  isRefused: false,
} as const;

/** The first part of a property path: `tags` of `tags["owner"]` and `rules` of `rules[0].days`. */
const rootOf = (path: string): string => /^[^.[]*/u.exec(path)?.[0] ?? path;
const isNamedBy = (paths: readonly string[], property: string): boolean =>
  paths.some((path) => path === '*' || rootOf(path) === property);

/** A path into a property cannot be compared through fingerprints; only whole properties are ignored. */
const isIgnored = (registration: Registration, property: string): boolean =>
  registration.ignoreChanges.some((path) => path === '*' || path === property);

interface Comparison {
  readonly registration: Registration;
  readonly now: BaselineResource;
  readonly before: BaselineResource;
  readonly renamedFrom: Urn | null;
  readonly replaced: ReadonlySet<Urn>;
}

function differing({ registration, now, before }: Comparison): readonly string[] {
  const names = new Set([...Object.keys(now.inputs), ...Object.keys(before.inputs)]);
  const inputs = [...names].filter(
    (name) =>
      !isIgnored(registration, name) &&
      JSON.stringify(now.inputs[name]) !== JSON.stringify(before.inputs[name]),
  );
  return [
    ...inputs,
    ...(now.protect === before.protect ? [] : ['protect']),
    ...(now.retainOnDelete === before.retainOnDelete ? [] : ['retainOnDelete']),
  ].toSorted();
}

function compare(comparison: Comparison): Change {
  const { registration, before, renamedFrom, replaced } = comparison;
  const { urn, type, name, propertyDependencies } = registration;
  const properties = differing(comparison);
  const following = Object.keys(propertyDependencies).filter(
    (property) =>
      !isIgnored(registration, property) &&
      propertyDependencies[property]?.some((dependency) => replaced.has(dependency)),
  );
  const forcedBy = [...new Set([...properties, ...following])].filter(
    (property) => isNamedBy(registration.replaceOnChanges, property) || forcesReplacement(type, property),
  );
  const isReplaced = registration.custom && forcedBy.length > 0;
  const isChanged = properties.length > 0 || following.length > 0;
  return {
    ...quiet,
    operation: isReplaced ? 'replace' : isChanged ? 'change' : 'same',
    urn,
    type,
    name,
    renamedFrom,
    properties,
    forcedBy,
    following,
    deletedFirst: isReplaced && registration.deleteBeforeReplace,
    staysInAccount: isReplaced && before.retainOnDelete,
    isRefused: isReplaced && before.protect,
  };
}

const deletion = (urn: Urn, before: BaselineResource): Change => ({
  ...quiet,
  operation: 'delete',
  urn,
  type: typeOf(urn),
  name: nameOf(urn),
  staysInAccount: before.retainOnDelete,
  isRefused: before.protect,
});

/**
 * Every resource of the plan and of the baseline, once, but those that are contents where these are hidden: in the order of registration, then what is left to delete.
 * Follows the rules of Pulumi's engine: a resource is found by its URN, else by its aliases; a protected one is neither
 * replaced nor deleted; whoever is made from a replaced one changes with it.
 */
export function changesAgainst(planned: PlannedStack, baseline: Baseline): readonly Change[] {
  const { resources: current } = asBaseline(planned, baseline.hidesContents);
  const claimed = new Set<Urn>();
  const renamed = new Map<Urn, Urn>();
  const replaced = new Set<Urn>();
  const compared = planned.registrations.filter(({ urn }) => current.has(urn));
  const changeOf = (registration: Registration): Change => {
    const { urn, type, name } = registration;
    const found = [urn, ...aliasesOf(planned, registration, renamed)].find(
      (candidate) => baseline.resources.has(candidate) && !claimed.has(candidate),
    );
    const before = found === undefined ? undefined : baseline.resources.get(found);
    const now = current.get(urn);
    if (found === undefined || !before || !now) return { ...quiet, operation: 'create', urn, type, name };
    claimed.add(found);
    const renamedFrom = found === urn ? null : found;
    if (renamedFrom !== null) renamed.set(urn, renamedFrom);
    const change = compare({ registration, now, before, renamedFrom, replaced });
    if (change.operation === 'replace') replaced.add(urn);
    return change;
  };
  const changes = compared.map(changeOf);
  const deletions = [...baseline.resources]
    .filter(([urn]) => !claimed.has(urn))
    .map(([urn, before]) => deletion(urn, before));
  return [...changes, ...deletions];
}
