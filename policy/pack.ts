// How do the laws look to Pulumi's engine?
import type {
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from '@pulumi/policy';
import { findingsOf, waiverOf } from './judge.ts';
import type { Resource } from './resource.ts';
import { appliesTo, type Rule } from './rule.ts';
import { rules } from './rules.ts';

/** Pulumi's proxy throws at every unknown value; what is behind it holds Pulumi's marks, which the rules know. */
const behindProxy = '__getSpecialProxyTarget';

type Asked = Pick<ResourceValidationArgs, 'urn' | 'type' | 'name' | 'props' | 'opts'>;

const resourceOf = (asked: Asked, parent: string, dependencies: readonly string[]): Resource => ({
  urn: asked.urn,
  type: asked.type,
  name: asked.name,
  parent,
  inputs: (asked.props[behindProxy] ?? asked.props) as Resource['inputs'],
  protect: asked.opts.protect,
  // The engine does not tell; laws about it have the scope `plan`.
  retainOnDelete: false,
  dependencies,
});

const stackOf = (urn: string): string => /^urn:pulumi:([^:]+)::/.exec(urn)?.[1] ?? '';

const inStack = ({ urn, type, name, props, opts, parent, dependencies }: PolicyResource): Resource =>
  resourceOf(
    { urn, type, name, props, opts },
    parent?.urn ?? '',
    dependencies.map((one) => one.urn),
  );

const headOf = ({ name, asks, why, severity, sources }: Rule) => ({
  name,
  description: `${asks} ${why}`,
  severity,
  tags: [...sources],
  enforcementLevel: 'mandatory' as const,
});

const resourcePolicy = (rule: Rule): ResourceValidationPolicy => ({
  ...headOf(rule),
  validateResource: (args, report) => {
    if (!appliesTo(rule, args.type)) return;
    const resource = resourceOf(args, args.opts.parent ?? '', []);
    const stack = stackOf(args.urn);
    const findings = findingsOf(rule, resource, { stack, resources: [resource], outputs: {} }) ?? [];
    for (const finding of findings) if (!waiverOf(finding, stack)) report(finding.message, finding.urn);
  },
});

const stackPolicy = (rule: Rule): StackValidationPolicy => ({
  ...headOf(rule),
  validateStack: ({ resources: asked }, report) => {
    const resources = asked.map(inStack);
    const stack = stackOf(resources[0]?.urn ?? '');
    const concerned = resources.filter(({ type }) => appliesTo(rule, type));
    for (const resource of concerned) {
      const findings = findingsOf(rule, resource, { stack, resources, outputs: {} }) ?? [];
      for (const finding of findings) if (!waiverOf(finding, stack)) report(finding.message, finding.urn);
    }
  },
});

/** Every law that the engine can be asked about; all of them stop a deployment. */
export const policies: readonly (ResourceValidationPolicy | StackValidationPolicy)[] = rules.flatMap(
  (rule) => {
    if (rule.scope === 'resource') return [resourcePolicy(rule)];
    return rule.scope === 'stack' ? [stackPolicy(rule)] : [];
  },
);
