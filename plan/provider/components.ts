// What do components from plugins make? The children that the real plugin would register.
import type { ComponentHost } from '../engine/provider.ts';
import { asReference, isWireObject, type WireObject, type WireValue } from '../engine/wire.ts';
import { PlanFailed } from '../plan-failed.ts';

type Component = (name: string, inputs: WireObject, host: ComponentHost) => WireObject;

const isPresent = (value: WireValue | undefined): value is WireValue => value !== undefined && value !== null;

/** Without rules of its own the component keeps one untagged image. */
const defaultRules: readonly WireObject[] = [
  { description: 'remove untagged images', tagStatus: 'untagged', maximumNumberOfImages: 1 },
];

/** One rule in the words of ECR; rules for any image come last, as ECR demands. */
function convertRule(rule: WireObject, rulePriority: number): WireObject {
  const isTagged = rule['tagStatus'] === 'tagged';
  const count = isPresent(rule['maximumNumberOfImages'])
    ? { countType: 'imageCountMoreThan', countNumber: rule['maximumNumberOfImages'] }
    : { countType: 'sinceImagePushed', countNumber: rule['maximumAgeLimit'] ?? null, countUnit: 'days' };
  const selection = {
    tagStatus: rule['tagStatus'] ?? 'tagged',
    ...(isTagged || !isPresent(rule['tagStatus']) ? { tagPrefixList: rule['tagPrefixList'] ?? [] } : {}),
    ...count,
  };
  const description = isPresent(rule['description']) ? { description: rule['description'] } : {};
  return { rulePriority, ...description, selection, action: { type: 'expire' } };
}

const isForAny = (rule: WireObject): boolean => rule['tagStatus'] === 'any';

function convertRules(lifecycle: WireValue | undefined): WireObject {
  const given = isWireObject(lifecycle) ? lifecycle['rules'] : undefined;
  const rules = Array.isArray(given)
    ? given.filter((rule): rule is WireObject => isWireObject(rule))
    : defaultRules;
  const ordered = [...rules.filter((rule) => !isForAny(rule)), ...rules.filter(isForAny)];
  return { rules: ordered.map((rule, index) => convertRule(rule, index + 1)) };
}

/** Source: awsx/ecr/repository.ts in pulumi/pulumi-awsx. */
const ecrRepository: Component = (name, inputs, host) => {
  const { lifecyclePolicy, ...repositoryInputs } = inputs;
  const childName = name.toLowerCase();
  const repository = host.make({
    type: 'aws:ecr/repository:Repository',
    name: childName,
    inputs: repositoryInputs,
  });
  const outputs = {
    repository: asReference(repository.urn, repository.id),
    url: repository.outputs['repositoryUrl'] ?? null,
  };
  if (isWireObject(lifecyclePolicy) && lifecyclePolicy['skip'] === true) return outputs;
  const policy = host.make({
    type: 'aws:ecr/lifecyclePolicy:LifecyclePolicy',
    name: childName,
    inputs: {
      repository: repository.outputs['name'] ?? null,
      policy: JSON.stringify(convertRules(lifecyclePolicy)),
    },
    dependencies: [repository.urn],
    propertyDependencies: { repository: [repository.urn] },
  });
  return { ...outputs, lifecyclePolicy: asReference(policy.urn, policy.id) };
};

const components: { readonly [type: string]: Component } = {
  'awsx:ecr:Repository': ecrRepository,
};

/** @throws PlanFailed for a component whose plugin is not modelled. */
export function expandComponent(
  type: string,
  name: string,
  inputs: WireObject,
  host: ComponentHost,
): WireObject {
  const component = components[type];
  if (!component)
    throw new PlanFailed(
      `the offline plan does not know what the component ${type} makes; add it to plan/provider/components.ts`,
    );
  return component(name, inputs, host);
}
