// What is a configured model called in a policy?
import * as pulumi from '@pulumi/pulumi';
import { profileOf } from '../systems/model-profile.ts';
import type { ModelPlaces } from './places.ts';

export interface BedrockModelSettings {
  /** Model or inference profile; empty is none. */
  readonly modelId: string;
  /** Regions that the profile sends requests to; empty is the stack's own. */
  readonly modelRegions: readonly string[];
  /** Empty is none. */
  readonly guardrailId: string;
  readonly region: string;
}

/**
 * ARNs that a function must be allowed to use the model. A call through an inference profile is checked twice: on the
 * profile, and on the model in whichever region takes it.
 */
export function modelPlacesOf(
  { modelId, modelRegions, guardrailId, region }: BedrockModelSettings,
  accountId: pulumi.Input<string>,
): ModelPlaces {
  if (modelId === '') return null;
  const profile = profileOf(modelId);
  // A global profile's model is also asked for without any region.
  const regions = [
    ...(modelRegions.length > 0 ? modelRegions : [region]),
    ...(profile?.geography === 'global' ? [''] : []),
  ];
  const ours = (resource: string): pulumi.Output<string> =>
    pulumi.interpolate`arn:aws:bedrock:${region}:${accountId}:${resource}`;
  return {
    modelArns: [
      ...regions.map((where) => `arn:aws:bedrock:${where}::foundation-model/${profile?.modelId ?? modelId}`),
      ...(profile === null ? [] : [ours(`inference-profile/${modelId}`)]),
    ],
    guardrailArn: guardrailId === '' ? null : ours(`guardrail/${guardrailId}`),
  };
}
