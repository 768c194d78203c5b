// What is a distribution of CloudFront made of?
import { at, input, listOf } from './read.ts';
import type { Resource } from './resource.ts';

export const distributionType = 'aws:cloudfront/distribution:Distribution';

/** A behaviour with the pattern of its paths; the default one has none. */
export const behavioursOf = (resource: Resource): readonly unknown[] => [
  input(resource, 'defaultCacheBehavior'),
  ...listOf(input(resource, 'orderedCacheBehaviors')),
];
/** For people: which paths a behaviour is for. */
export const pathsOf = (behaviour: unknown): string => {
  const pattern = at(behaviour, 'pathPattern');
  return typeof pattern === 'string' ? pattern : 'all other paths';
};

/** Whether requests of a behaviour may change something. */
export const changesThings = (behaviour: unknown): boolean =>
  listOf(at(behaviour, 'allowedMethods')).some(
    (method) => !['GET', 'HEAD', 'OPTIONS'].includes(String(method)),
  );

/** Origins that are servers, not buckets. */
export const serversOf = (resource: Resource): readonly unknown[] =>
  listOf(input(resource, 'origins')).filter((origin) => at(origin, 'customOriginConfig') !== undefined);
