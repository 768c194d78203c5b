// Which events does a task leave in the history? AWS has three families: service calls, Lambda functions, activities.
//
// Learnt from LocalStack's AWS recordings test_lambda_task, test_task_service_lambda, test_activities, test_callback,
// test_timeouts and test_heartbeats.

import type { Json } from '../../systems/asl.ts';
import { region } from './execution.ts';
import type { EventDraft } from './history.ts';
import { errorDetails, textDetails } from './history.ts';
import type { Failure } from './state-failed.ts';

/** What a task asks for, evaluated; the journal holds it with the scheduled event. */
export interface TaskPlan {
  readonly arguments: Json;
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
  readonly roleArn?: string;
}

/** How a task settled; the journal holds it with the settling event. */
export type TaskSettlement = { readonly output: Json } | { readonly failure: Failure };

/** The events of one task; each takes the event it points back to. */
export interface TaskEvents {
  /** What AWS calls the task in the sentence about a result that is too large. */
  readonly resultOf: string;
  scheduled(previousEventId: number, plan: TaskPlan): EventDraft;
  started(previousEventId: number): EventDraft;
  submitted(previousEventId: number, output: Json | undefined): EventDraft;
  settled(previousEventId: number, settlement: TaskSettlement): EventDraft;
}

/** The family of a resource: an activity's ARN, a function's ARN, or `arn:aws:states:::service:action`. */
export function taskEvents(resource: string): TaskEvents {
  if (/^arn:[^:]+:states:[^:]*:[^:]*:activity:/.test(resource)) return plainEvents('Activity', resource);
  if (/^arn:[^:]+:lambda:/.test(resource)) return plainEvents('LambdaFunction', resource);
  return serviceEvents(resource);
}

function serviceEvents(arn: string): TaskEvents {
  const named = /^arn:[^:]+:states:[^:]*:[^:]*:((?:aws-sdk:)?[^:]+):(.+)$/.exec(arn);
  const resourceType = named?.[1] ?? arn;
  const what = { resource: named?.[2] ?? arn, resourceType };
  return {
    resultOf: resourceType,
    scheduled: (previousEventId, plan) => ({
      type: 'TaskScheduled',
      previousEventId,
      details: {
        taskScheduledEventDetails: {
          parameters: JSON.stringify(plan.arguments),
          region,
          ...what,
          ...limits(plan),
        },
      },
    }),
    started: (previousEventId) => ({
      type: 'TaskStarted',
      previousEventId,
      details: { taskStartedEventDetails: what },
    }),
    submitted: (previousEventId, output) => ({
      type: 'TaskSubmitted',
      previousEventId,
      details: {
        taskSubmittedEventDetails: {
          ...(output === undefined ? {} : textDetails('output', output)),
          ...what,
        },
      },
    }),
    settled: (previousEventId, settlement) => {
      const ending = endingOf(settlement);
      const details = { ...settledDetails(settlement), ...what };
      return {
        type: `Task${ending}`,
        previousEventId,
        details: { [`task${ending}EventDetails`]: details },
      };
    },
  };
}

function plainEvents(family: 'Activity' | 'LambdaFunction', resource: string): TaskEvents {
  const key = family === 'Activity' ? 'activity' : 'lambdaFunction';
  return {
    resultOf: resource,
    scheduled: (previousEventId, plan) => ({
      type: `${family}Scheduled`,
      previousEventId,
      details: {
        [`${key}ScheduledEventDetails`]: {
          ...textDetails('input', plan.arguments),
          resource,
          ...limits(plan),
        },
      },
    }),
    // A worker that gives no name leaves an empty object (recording test_activity_task_no_worker_name).
    started: (previousEventId) => ({
      type: `${family}Started`,
      previousEventId,
      ...(family === 'Activity' ? { details: { activityStartedEventDetails: {} } } : {}),
    }),
    submitted: (previousEventId, output) => serviceEvents(resource).submitted(previousEventId, output),
    settled: (previousEventId, settlement) => {
      const ending = endingOf(settlement);
      return {
        type: `${family}${ending}`,
        previousEventId,
        details: { [`${key}${ending}EventDetails`]: settledDetails(settlement) },
      };
    },
  };
}

function limits(plan: TaskPlan): { readonly [key: string]: Json } {
  return {
    ...(plan.timeoutSeconds === undefined ? {} : { timeoutInSeconds: plan.timeoutSeconds }),
    ...(plan.heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: plan.heartbeatSeconds }),
    ...(plan.roleArn === undefined ? {} : { taskCredentials: { roleArn: plan.roleArn } }),
  };
}

function endingOf(settlement: TaskSettlement): 'Succeeded' | 'TimedOut' | 'Failed' {
  if ('output' in settlement) return 'Succeeded';
  const { kind } = settlement.failure;
  return kind === 'timeout' || kind === 'heartbeat' ? 'TimedOut' : 'Failed';
}

function settledDetails(settlement: TaskSettlement): { readonly [key: string]: Json } {
  return 'output' in settlement ? textDetails('output', settlement.output) : errorDetails(settlement.failure);
}
