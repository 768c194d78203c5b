// Which resources belong to which? Found by what waits for what, since names are made during the deployment.
import type { Resource, StackGraph } from './resource.ts';

export const stackType = 'pulumi:pulumi:Stack';

export const ofType = ({ resources }: StackGraph, ...types: readonly string[]): readonly Resource[] =>
  resources.filter(({ type }) => types.includes(type));

/** Resources of a type that wait for this one: the policy of a queue, the alarms of a function. */
export const dependents = (
  graph: StackGraph,
  { urn }: Resource,
  ...types: readonly string[]
): readonly Resource[] => ofType(graph, ...types).filter(({ dependencies }) => dependencies.includes(urn));

/** Resources of a type that this one waits for: the queue of an event source. */
export const prerequisites = (
  graph: StackGraph,
  { dependencies }: Resource,
  ...types: readonly string[]
): readonly Resource[] => ofType(graph, ...types).filter(({ urn }) => dependencies.includes(urn));
