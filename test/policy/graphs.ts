// Which real stacks are the laws held against? Every stack of this repository, with images that are built and pinned.
import { planStack, type PlanOptions } from '../../plan/plan-stack.ts';
import type { StackGraph } from '../../policy/resource.ts';
import { interviewStages } from '../../systems/interview/stages.ts';

export const stacks = ['dev', 'staging', 'prod'] as const;
export type StackName = (typeof stacks)[number];

const digests = Object.fromEntries(
  interviewStages.map(({ name }, index) => [name, `sha256:${index.toString(16).repeat(64)}`]),
);

/** What a stack is run with: as its file says, or with pinned images and with everything that is optional. */
const overrides = {
  build: undefined,
  pinned: {
    'greenroom:imageMode': 'pinned',
    'greenroom:imageDigests': JSON.stringify(digests),
    'greenroom:auditTrail': 'true',
    'greenroom:pictureLabels': 'rekognition',
    'greenroom:modelId': 'us.amazon.nova-lite-v1:0',
    'greenroom:modelRegions': '["us-east-1","us-west-2"]',
    'greenroom:guardrailId': 'abc123',
    'greenroom:guardrailVersion': '1',
  },
} as const;
export const imageModes = ['build', 'pinned'] as const;
export type ImageMode = (typeof imageModes)[number];

/** The graph of a stack; planned once in a process. */
export const graphOf = (
  stack: StackName,
  mode: ImageMode,
  more: Partial<PlanOptions> = {},
): Promise<StackGraph> => {
  const values = overrides[mode];
  return planStack({ stack, ...(values && { overrides: values }), ...more });
};

/** Planning six stacks takes longer than one test may. */
export const planningMs = 120_000;
