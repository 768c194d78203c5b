// Which CloudFormation template says the same as a stack of Pulumi, and what can it not say?
import type { Resource, StackGraph } from '../../../policy/resource.ts';
import { dataKinds } from './data-kinds.ts';
import { belongsTo, type MappedKind, settingsIn } from './shape.ts';
import { siteKinds } from './site-kinds.ts';
import { workKinds } from './work-kinds.ts';

const kinds: Readonly<Record<string, MappedKind>> = { ...dataKinds, ...workKinds, ...siteKinds };
const settingTypes = new Set(Object.values(kinds).flatMap(({ settings = [] }) => settings));

/** What CloudFormation has no word for. */
const unmappable = (type: string): boolean =>
  type.startsWith('greenroom:') ||
  type.startsWith('pulumi:') ||
  ['aws:s3/bucketObjectv2:BucketObjectv2', 'awsx:ecr:Repository', 'docker-build:index:Image'].includes(type);

export interface MappedStack {
  readonly template: {
    readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: object }>>;
  };
  /** URN of every resource by its name in the template. */
  readonly urns: Readonly<Record<string, string>>;
  /** Resources that became a part of another one. */
  readonly merged: readonly Resource[];
  /** Components, providers, images and files. */
  readonly left: readonly Resource[];
  /** What should have been mapped and was not. */
  readonly dropped: readonly Resource[];
}

/** Every resource of the graph is in exactly one of: the template, `merged`, `left`, `dropped`. */
export function mapStack(graph: StackGraph): MappedStack {
  const entries = graph.resources.flatMap((resource, index) => {
    const kind = kinds[resource.type];
    if (!kind) return [];
    const Properties = kind.properties(resource, settingsIn(graph, resource, kind));
    return [{ id: `R${String(index)}`, resource, body: { Type: kind.type, Properties } }];
  });
  const owners = entries.map(({ resource }) => resource);
  const rest = graph.resources.filter(({ type }) => !kinds[type]);
  const merged = rest.filter(
    (setting) =>
      settingTypes.has(setting.type) &&
      owners.some(
        (owner) => kinds[owner.type]?.settings?.includes(setting.type) && belongsTo(owner, setting),
      ),
  );
  const left = rest.filter(({ type }) => unmappable(type));
  return {
    template: { Resources: Object.fromEntries(entries.map(({ id, body }) => [id, body])) },
    urns: Object.fromEntries(entries.map(({ id, resource }) => [id, resource.urn])),
    merged,
    left,
    dropped: rest.filter((resource) => !merged.includes(resource) && !left.includes(resource)),
  };
}
