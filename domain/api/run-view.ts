// What does the page of a run show? The state machine as a graph, and what happened in each state.
import { z } from 'zod';

export const stateStatuses = ['NOT_REACHED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CAUGHT', 'ABORTED'] as const;

export const runStateSchema = z.object({
  name: z.string(),
  /** `Task`, `Choice`, … */
  type: z.string(),
  /** The state that contains this one, such as a Parallel; `null` on the outermost level. */
  parent: z.string().nullable(),
  /** Which branch of the parent, from 0; `null` on the outermost level. */
  branch: z.int().nullable(),
  /** Name of the stage behind a Task. */
  stage: z.string().nullable(),
  /** A state that runs again and again shows its last run. `CAUGHT`: it failed, and the machine went on. */
  status: z.enum(stateStatuses),
  /** How often it was entered, and how often its task was tried. */
  entries: z.int().nonnegative(),
  attempts: z.int().nonnegative(),
  enteredAt: z.iso.datetime().nullable(),
  exitedAt: z.iso.datetime().nullable(),
  /** JSON texts of what it was given and what it gave; `null` where there is none. */
  input: z.string().nullable(),
  output: z.string().nullable(),
  error: z.string().nullable(),
  cause: z.string().nullable(),
  /** Programs that it ran, exactly as they were called. */
  commands: z.array(z.array(z.string())),
});
export type RunState = z.infer<typeof runStateSchema>;

export const runTransitionSchema = z.object({
  from: z.string(),
  to: z.string(),
  /** `next` after success, `choice` by a condition, `catch` after an error. */
  kind: z.enum(['next', 'choice', 'catch']),
});
export type RunTransition = z.infer<typeof runTransitionSchema>;

export const runViewSchema = z
  .object({
    executionName: z.string(),
    status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']),
    startedAt: z.iso.datetime(),
    stoppedAt: z.iso.datetime().nullable(),
    error: z.string().nullable(),
    cause: z.string().nullable(),
    /** The first state of the machine. */
    startAt: z.string(),
    states: z.array(runStateSchema),
    transitions: z.array(runTransitionSchema),
  })
  .meta({ id: 'Run' });
export type RunView = z.infer<typeof runViewSchema>;
