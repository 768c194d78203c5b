// What is there already, as far as this machine knows? A committed plan, or the JSON of an earlier one.
import { z } from 'zod';
import type { StackGraph } from '../../policy/resource.ts';
import { PlanFailed } from '../plan-failed.ts';
import type { PlannedStack } from '../plan-stack.ts';
import { sortedValue } from '../sorted-value.ts';
import { fingerprint, isContents, withoutContents } from './fingerprint.ts';

/** A resource as a committed plan holds it; what is not there is false or empty. */
const committedResource = z.strictObject({
  protect: z.literal(true).optional(),
  retainOnDelete: z.literal(true).optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
});

/** The file `plans/<stack>.json`. */
const committedPlan = z.strictObject({
  stack: z.string(),
  project: z.string(),
  outputs: z.array(z.string()),
  /** By URN without what all of them begin with. */
  resources: z.record(z.string(), committedResource),
});
export type CommittedPlan = z.output<typeof committedPlan>;

/** What `plan --json` prints, as far as a comparison needs it. */
const printedGraph = z.object({
  stack: z.string(),
  resources: z.array(
    z.object({
      urn: z.string(),
      inputs: z.record(z.string(), z.unknown()),
      protect: z.boolean(),
      retainOnDelete: z.boolean(),
    }),
  ),
  outputs: z.record(z.string(), z.unknown()),
});

export interface BaselineResource {
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /** Fingerprints by property. */
  readonly inputs: { readonly [property: string]: unknown };
}

export interface Baseline {
  readonly resources: ReadonlyMap<string, BaselineResource>;
  /** Whether what follows the code was left out when it was written: tags and digests of images, files of the site. */
  readonly hidesContents: boolean;
}

const prefixOf = ({ project, stack }: Pick<CommittedPlan, 'project' | 'stack'>): string =>
  `urn:pulumi:${stack}::${project}::`;

/** Digests that the model made up for images it would build; pinned ones are configuration and stay. */
const builtDigests = ({ registrations }: PlannedStack): readonly string[] =>
  registrations.filter(({ type }) => type === 'docker-build:index:Image').map(({ id }) => id);

const fingerprints = (inputs: StackGraph['resources'][number]['inputs']): BaselineResource['inputs'] =>
  Object.fromEntries(Object.entries(inputs).map(([property, value]) => [property, fingerprint(value)]));

/** The planned resources as the baseline would hold them. */
export function asBaseline(planned: PlannedStack, hidesContents: boolean): Baseline {
  const digests = hidesContents ? builtDigests(planned) : [];
  const seen = (value: unknown): unknown => (hidesContents ? withoutContents(value, digests) : value);
  return {
    hidesContents,
    resources: new Map(
      planned.resources
        .filter(({ type, inputs }) => !(hidesContents && isContents(type, inputs)))
        .map(({ urn, inputs, protect, retainOnDelete }) => [
          urn,
          { protect, retainOnDelete, inputs: fingerprints(seen(inputs) as typeof inputs) },
        ]),
    ),
  };
}

export const noBaseline: Baseline = { resources: new Map(), hidesContents: true };

/** The committed form, with sorted keys and without secrets or contents. */
export function toCommitted(planned: PlannedStack): CommittedPlan {
  const { stack, project } = planned;
  const prefix = prefixOf({ stack, project });
  const entries = [...asBaseline(planned, true).resources].map(([urn, resource]) => [
    urn.slice(prefix.length),
    {
      ...(resource.protect ? { protect: true } : {}),
      ...(resource.retainOnDelete ? { retainOnDelete: true } : {}),
      ...(Object.keys(resource.inputs).length > 0 ? { inputs: resource.inputs } : {}),
    },
  ]);
  return committedPlan.parse({
    stack,
    project,
    outputs: Object.keys(planned.outputs).toSorted(),
    resources: sortedValue(Object.fromEntries(entries)),
  });
}

/** The text of `plans/<stack>.json`: a line for each resource, so that a review shows whole resources. */
export function committedText({ stack, project, outputs, resources }: CommittedPlan): string {
  const lines = Object.entries(resources).map(
    ([name, resource]) => `    ${JSON.stringify(name)}: ${JSON.stringify(resource)}`,
  );
  return `{
  "stack": ${JSON.stringify(stack)},
  "project": ${JSON.stringify(project)},
  "outputs": ${JSON.stringify(outputs)},
  "resources": {
${lines.join(',\n')}
  }
}
`;
}

/** Reads either form. @throws PlanFailed for text that is neither. */
export function readBaseline(text: string, source: string): Baseline {
  const content = parseJson(text, source);
  const committed = committedPlan.safeParse(content);
  if (committed.success) return fromCommitted(committed.data);
  const graph = printedGraph.safeParse(content);
  if (!graph.success)
    throw new PlanFailed(`${source} is neither a committed plan nor what \`plan --json\` prints`);
  return {
    hidesContents: false,
    resources: new Map(
      graph.data.resources.map(({ urn, inputs, protect, retainOnDelete }) => [
        urn,
        { protect, retainOnDelete, inputs: fingerprints(inputs) },
      ]),
    ),
  };
}

const fromCommitted = (plan: CommittedPlan): Baseline => ({
  hidesContents: true,
  resources: new Map(
    Object.entries(plan.resources).map(([name, { protect, retainOnDelete, inputs }]) => [
      prefixOf(plan) + name,
      { protect: protect ?? false, retainOnDelete: retainOnDelete ?? false, inputs: inputs ?? {} },
    ]),
  ),
});

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PlanFailed(`${source} is not JSON`, { cause: error });
  }
}
