// How does a stage of the interview system become a function? With the stores and settings that its grants call for.
import type * as pulumi from '@pulumi/pulumi';
import type { StageSettings } from '../systems/stage.ts';
import type { LogKeeping } from './log-group.ts';
import type { Monitoring } from './operations/monitoring.ts';
import { PipelineStage, type VpcPlacement } from './pipeline-stage.ts';
import { only, type Places } from './places.ts';
import type { StageImages } from './stage-images.ts';

export interface InterviewFunctionsArgs {
  readonly images: StageImages;
  readonly architecture: 'arm64' | 'x86_64';
  readonly logs: LogKeeping;
  readonly monitoring: Monitoring;
  /** Memory in MiB of stages that get another one than the specification says. */
  readonly memoryMiB: Readonly<Partial<Record<string, number>>>;
  /** Concurrent executions reserved for a stage, or `null`. */
  readonly reservedConcurrency: (stage: StageSettings) => number | null;
  /** Default: outside of any VPC. */
  readonly vpc?: VpcPlacement;
}

/** What functions may know; one that needs something else cannot be made. */
export interface Surroundings {
  readonly places: Places;
  /** Values of variables, by name. */
  readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
}

export const interviewFunction = (
  name: string,
  args: InterviewFunctionsArgs,
  stage: StageSettings,
  { places, variables }: Surroundings,
  parent: pulumi.ComponentResourceOptions,
): PipelineStage =>
  new PipelineStage(
    `${name}-${stage.name}`,
    {
      ...args,
      stage,
      places,
      imageUri: args.images.uri(stage.name),
      memoryMiB: args.memoryMiB[stage.name],
      reservedConcurrency: args.reservedConcurrency(stage),
      variable: only(variables),
    },
    parent,
  );
