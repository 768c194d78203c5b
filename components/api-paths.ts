// Which resources of API Gateway stand for the paths of an API?
import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import type { RouteSpecification } from '../systems/system.ts';

/** A path as part of a name: `/records/{id}` is `records-id`. */
export const slug = (path: string): string => path.replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-|-$/g, '');

/** One resource for every beginning of every path; `/records/{id}` needs one for `/records` too. */
export function pathResources(
  name: string,
  api: aws.apigateway.RestApi,
  routes: readonly RouteSpecification[],
  parent: pulumi.Resource,
): ReadonlyMap<string, pulumi.Output<string>> {
  const ids = new Map<string, pulumi.Output<string>>();
  for (const {
    operation: { path },
  } of routes) {
    const parts = path.split('/').filter((part) => part !== '');
    for (const [depth, pathPart] of parts.entries()) {
      const above = `/${parts.slice(0, depth).join('/')}`;
      const here = `/${parts.slice(0, depth + 1).join('/')}`;
      if (ids.has(here)) continue;
      const parentId = ids.get(above) ?? api.rootResourceId;
      const resource = new aws.apigateway.Resource(
        `${name}-${slug(here)}`,
        { restApi: api.id, parentId, pathPart },
        { parent },
      );
      ids.set(here, resource.id);
    }
  }
  return ids;
}
