// How is a law shown to bite? A real stack is changed in one place, and only that law may notice.
import type { Resource, StackGraph } from '../../../policy/resource.ts';
import type { ImageMode } from '../graphs.ts';

type Inputs = { readonly [name: string]: unknown };

export interface Mutant {
  readonly rule: string;
  /** What was changed, for the title of the test. */
  readonly change: string;
  readonly mutate: (graph: StackGraph) => StackGraph;
  /** Which graph of prod it starts from; default `pinned`, which has everything but images. */
  readonly mode?: ImageMode;
  /** Other laws that the same change breaks by its nature. */
  readonly also?: readonly string[];
}

const isAt = (place: string, { type, name }: Resource): boolean => {
  const [kind = '', wanted = ''] = place.split('::');
  return (type.endsWith(`:${kind}`) || type.endsWith(`/${kind}`)) && (wanted === '' || wanted === name);
};

function find(graph: StackGraph, where: string): Resource {
  const found = graph.resources.find((resource) => isAt(where, resource));
  if (!found) throw new Error(`the stack has no ${where}`);
  return found;
}

const replace = (graph: StackGraph, old: Resource, next: readonly Resource[]): StackGraph => ({
  ...graph,
  resources: graph.resources.flatMap((resource) => (resource === old ? next : [resource])),
});

/** Changes the inputs of the first resource at `Type` or `Type::name`. */
export const inputs =
  (where: string, edit: (before: Inputs) => Inputs): Mutant['mutate'] =>
  (graph) => {
    const old = find(graph, where);
    return replace(graph, old, [{ ...old, inputs: { ...old.inputs, ...edit(old.inputs) } }]);
  };

export const set = (where: string, values: Inputs): Mutant['mutate'] => inputs(where, () => values);

export const options =
  (where: string, values: Partial<Resource>): Mutant['mutate'] =>
  (graph) => {
    const old = find(graph, where);
    return replace(graph, old, [{ ...old, ...values }]);
  };

/** Takes the resource away, and nothing that depends on it. */
export const drop =
  (where: string): Mutant['mutate'] =>
  (graph) =>
    replace(graph, find(graph, where), []);

/** Puts another resource beside the one at a place. */
export const beside =
  (where: string, type: string, values: Inputs): Mutant['mutate'] =>
  (graph) => {
    const old = find(graph, where);
    const added = {
      ...old,
      type,
      name: 'mutant',
      urn: `${old.urn}-mutant`,
      inputs: values,
      dependencies: [old.urn],
    };
    return replace(graph, old, [old, added]);
  };

type Document = { Statement: readonly Inputs[] };

/** Changes the statements of a policy document. */
export const statements = (
  where: string,
  edit: (before: readonly Inputs[]) => readonly Inputs[],
  property = 'policy',
): Mutant['mutate'] =>
  inputs(where, (before) => {
    const document = JSON.parse(String(before[property])) as Document;
    return { [property]: JSON.stringify({ ...document, Statement: edit(document.Statement) }) };
  });

export const allowAlso = (where: string, statement: Inputs): Mutant['mutate'] =>
  statements(where, (before) => [...before, { Sid: 'Mutant', Effect: 'Allow', ...statement }]);
