// What does a request of the language host say, in our words?
import type { Alias as AliasMessage } from '@pulumi/pulumi/proto/alias_pb.js';
import type { RegisterResourceRequest } from '@pulumi/pulumi/proto/resource_pb.js';
import type { Alias } from './registration.ts';
import type { OpenWish } from './stack-state.ts';
import { fromStruct } from './wire.ts';

function readAlias(message: AliasMessage): Alias {
  const spec = message.getSpec();
  if (!spec) return { urn: message.getUrn() };
  const parent = spec.getNoparent() ? '' : spec.getParenturn() || undefined;
  return {
    ...(spec.getName() === '' ? {} : { name: spec.getName() }),
    ...(spec.getType() === '' ? {} : { type: spec.getType() }),
    ...(spec.getStack() === '' ? {} : { stack: spec.getStack() }),
    ...(spec.getProject() === '' ? {} : { project: spec.getProject() }),
    ...(parent === undefined ? {} : { parent }),
  };
}

function readPropertyDependencies(request: RegisterResourceRequest): OpenWish['propertyDependencies'] {
  const found: [string, readonly string[]][] = [];
  request.getPropertydependenciesMap().forEach((dependencies, property) => {
    const urns = dependencies.getUrnsList();
    if (urns.length > 0) found.push([property, urns.toSorted()]);
  });
  return Object.fromEntries(found.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The order of what comes from maps and sets of the program is taken out, so that two runs read the same. */
export const readWish = (request: RegisterResourceRequest): OpenWish => ({
  type: request.getType(),
  name: request.getName(),
  parent: request.getParent(),
  custom: request.getCustom(),
  remote: request.getRemote(),
  inputs: fromStruct(request.getObject()),
  protect: request.hasProtect() ? request.getProtect() : undefined,
  retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
  dependencies: request.getDependenciesList().toSorted(),
  propertyDependencies: readPropertyDependencies(request),
  aliases: [
    ...request.getAliasesList().map(readAlias),
    ...request.getAliasurnsList().map((urn) => ({ urn })),
  ],
  ignoreChanges: request.getIgnorechangesList().toSorted(),
  replaceOnChanges: request.getReplaceonchangesList().toSorted(),
  deleteBeforeReplace: request.getDeletebeforereplace(),
});
