// Under which other names may a resource be known already? As Pulumi's engine works it out.
import type { Alias, Registration } from '../engine/registration.ts';
import { makeUrn, nameOf, typeOf, type Scope, type Urn } from '../engine/urn.ts';

/** Current URNs of resources that were found under an old one. */
export type Renamed = ReadonlyMap<Urn, Urn>;

/** One alias as a URN; a parent that was itself found under an old name counts by that. */
function aliasUrn(scope: Scope, registration: Registration, alias: Alias, renamed: Renamed): Urn {
  if ('urn' in alias) return alias.urn;
  const parent =
    alias.parent === undefined ? registration.parent : (renamed.get(alias.parent) ?? alias.parent);
  return makeUrn(
    { stack: alias.stack ?? scope.stack, project: alias.project ?? scope.project },
    parent,
    alias.type ?? registration.type,
    alias.name ?? registration.name,
  );
}

/** A child of a renamed parent was called after the old parent, if it is called after the new one. */
function inheritedUrn(scope: Scope, child: Urn, parent: Urn, oldParent: Urn): Urn {
  const name = nameOf(child);
  const parentName = nameOf(parent);
  const oldName = name.startsWith(parentName) ? nameOf(oldParent) + name.slice(parentName.length) : name;
  return makeUrn(scope, oldParent, typeOf(child), oldName);
}

/** Old URNs in the order in which they are tried, each once. */
export function aliasesOf(scope: Scope, registration: Registration, renamed: Renamed): readonly Urn[] {
  const own = registration.aliases.map((alias) => aliasUrn(scope, registration, alias, renamed));
  const oldParent = renamed.get(registration.parent);
  const inherited =
    oldParent === undefined
      ? []
      : [registration.urn, ...own].map((urn) => inheritedUrn(scope, urn, registration.parent, oldParent));
  return [...new Set([...own, ...inherited])];
}
