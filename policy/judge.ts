// Does a stack keep the laws?
import { NotKnownYet } from './read.ts';
import type { Resource, StackGraph } from './resource.ts';
import { appliesTo, type Rule } from './rule.ts';
import { rules } from './rules.ts';
import { type Waiver, waivers } from './waivers.ts';

export interface Finding {
  readonly rule: string;
  readonly urn: string;
  /** `<resource> <what is wrong>`, without a full stop. */
  readonly message: string;
}

export interface Judgement {
  /** What is wrong and has no waiver. */
  readonly violations: readonly Finding[];
  readonly waived: readonly Finding[];
  /** Waivers for this stack that waive nothing. */
  readonly idleWaivers: readonly Waiver[];
  /** What cannot be judged before the deployment: `rule urn`. */
  readonly undecided: readonly string[];
  /** How many resources each rule looked at, by its name. */
  readonly looks: ReadonlyMap<string, number>;
}

/** Findings of one rule on one resource; `null` when it depends on what only the deployment tells. */
export function findingsOf(rule: Rule, resource: Resource, graph: StackGraph): readonly Finding[] | null {
  try {
    return rule.check(resource, graph).map((message) => ({
      rule: rule.name,
      urn: resource.urn,
      message: `${resource.name} ${message}`,
    }));
  } catch (error) {
    if (error instanceof NotKnownYet) return null;
    throw error;
  }
}

const isFor = ({ stacks }: Waiver, stack: string): boolean => stacks === 'all' || stacks.includes(stack);

/** The waiver of a finding, if it has one. */
export const waiverOf = (
  { rule, urn, message }: Finding,
  stack: string,
  among: readonly Waiver[] = waivers,
): Waiver | undefined =>
  among.find(
    (waiver) =>
      waiver.rule === rule &&
      isFor(waiver, stack) &&
      urn.endsWith(waiver.resource) &&
      message.endsWith(waiver.message ?? ''),
  );

/** Holds every rule against every resource. */
export function judge(
  graph: StackGraph,
  {
    laws = rules,
    exceptions = waivers,
  }: { readonly laws?: readonly Rule[]; readonly exceptions?: readonly Waiver[] } = {},
): Judgement {
  const looks = new Map<string, number>();
  const undecided: string[] = [];
  const findings: Finding[] = [];
  for (const rule of laws) {
    const concerned = graph.resources.filter(({ type }) => appliesTo(rule, type));
    looks.set(rule.name, concerned.length);
    for (const resource of concerned) {
      const found = findingsOf(rule, resource, graph);
      if (found === null) undecided.push(`${rule.name} ${resource.urn}`);
      else findings.push(...found);
    }
  }
  const waived = findings.filter((finding) => waiverOf(finding, graph.stack, exceptions));
  const used = new Set(waived.map((finding) => waiverOf(finding, graph.stack, exceptions)));
  return {
    violations: findings.filter((finding) => !waived.includes(finding)),
    waived,
    idleWaivers: exceptions.filter((waiver) => isFor(waiver, graph.stack) && !used.has(waiver)),
    undecided,
    looks,
  };
}
