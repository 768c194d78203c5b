// What does a state know while it is being run, and how does it evaluate its fields and leave?

import type { Json, State } from '../../systems/asl.ts';
import type { Execution } from './execution.ts';
import type { Bindings } from './expressions.ts';
import { EvaluationFailed, evaluate, evaluateTyped } from './expressions.ts';
import { maxPayloadBytes, StateFailed, stopIfAborted, tooLarge } from './state-failed.ts';
import type { Variables } from './variables.ts';

/** Where a scope (the machine, a branch, an iteration) stands: its last event and the state it is in. */
export interface Frame {
  /** The prefix of all keys in this scope, `/` for the machine's. */
  readonly path: string;
  /** The event the next one points back to. */
  cursor: number;
  /** The state entered and not left; undefined between states and after the end. */
  standing: Standing | undefined;
}

interface Standing {
  readonly type: State['Type'];
  readonly key: string;
  /** True once a Parallel or Map has recorded its own StateFailed event. */
  isClosed: boolean;
  /** The branches or iterations of a Parallel or Map, by index; `isDone` when they succeeded. */
  branches: { readonly index: number; readonly frame: Frame; isDone: boolean }[];
}

/** How a state was left; `next` is absent at the end of a scope. The journal holds it with the exit event. */
export interface Leave {
  readonly output: Json;
  readonly assigned?: { readonly [variable: string]: Json };
  readonly next?: string;
}

/** The fields that say how to leave, from the state itself, a choice rule or a catcher. */
export interface LeavingFields {
  readonly Output?: Json;
  readonly Assign?: { readonly [variable: string]: Json };
  readonly Next?: string;
}

interface VisitOptions {
  readonly execution: Execution;
  readonly name: string;
  readonly type: State['Type'];
  readonly key: string;
  readonly input: Json;
  readonly variables: Variables;
  readonly frame: Frame;
  readonly signal: AbortSignal;
  readonly enteredId: number;
  readonly enteredTime: string;
  readonly mapItem: { readonly [key: string]: Json } | undefined;
}

/** One visit of one state, over all its attempts. */
export class Visit {
  readonly execution: Execution;
  readonly name: string;
  readonly key: string;
  readonly input: Json;
  readonly variables: Variables;
  readonly frame: Frame;
  readonly signal: AbortSignal;
  readonly standing: Standing;
  readonly mapItem: { readonly [key: string]: Json } | undefined;
  attempt = 0;
  taskToken: string | undefined;
  isInCatcher = false;
  readonly #options: VisitOptions;

  constructor(options: VisitOptions) {
    this.#options = options;
    this.execution = options.execution;
    this.name = options.name;
    this.key = options.key;
    this.input = options.input;
    this.variables = options.variables;
    this.frame = options.frame;
    this.signal = options.signal;
    this.standing = { type: options.type, key: options.key, isClosed: false, branches: [] };
    options.frame.standing = this.standing;
    this.mapItem = options.mapItem;
  }

  get attemptKey(): string {
    return `${this.key}@${this.attempt}`;
  }

  /** `$states.context`. AWS gives RetryCount only to states that can be retried (recording BASE_EXPR of test_output). */
  context(): { readonly [key: string]: Json } {
    const { type, enteredTime, mapItem } = this.#options;
    const canRetry = type === 'Task' || type === 'Parallel' || type === 'Map';
    const map = mapItem ?? this.execution.mapItem;
    return {
      Execution: this.execution.context.Execution,
      StateMachine: this.execution.context.StateMachine,
      State: { Name: this.name, EnteredTime: enteredTime, ...(canRetry ? { RetryCount: this.attempt } : {}) },
      ...(this.taskToken === undefined ? {} : { Task: { Token: this.taskToken } }),
      ...(map === undefined ? {} : { Map: map }),
    };
  }

  /** Evaluates a field. A failing expression is recorded as EvaluationFailed and thrown as StateFailed. */
  evaluate(template: Json, location: string, extra: { readonly [name: string]: Json } = {}): Promise<Json> {
    return this.guard(() => evaluate(template, location, this.bindings(extra)));
  }

  /** Evaluates a field that must be a number, a string, a boolean or an array. */
  evaluateTyped<T extends 'number' | 'string' | 'boolean' | 'array'>(
    type: T,
    template: Json,
    location: string,
  ): ReturnType<typeof evaluateTyped<T>> {
    return this.guard(() => evaluateTyped(type, template, { location, bindings: this.bindings() }));
  }

  /** Evaluates `TimeoutSeconds` and its like: a whole number from 0 to 99,999,999. */
  async evaluateSeconds(template: Json, location: string): Promise<number> {
    const seconds = await this.evaluateTyped('number', template, location);
    return this.guard(() => {
      if (!Number.isInteger(seconds)) {
        throw new EvaluationFailed(
          `The ${location} field cannot be parsed as an integer: ${seconds}`,
          location,
        );
      }
      if (seconds < 0 || seconds > 99_999_999) {
        throw new EvaluationFailed(
          `${location} must be between 0 and 99999999 but was: ${seconds}`,
          location,
        );
      }
      return Promise.resolve(seconds);
    });
  }

  bindings(extra: { readonly [name: string]: Json } = {}): Bindings {
    return {
      ...this.execution.functions,
      ...this.variables.visible(),
      states: { input: this.input, context: this.context(), ...extra },
    };
  }

  /** Turns EvaluationFailed into the recorded event and the StateFailed that Retry and Catch see. */
  async guard<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof EvaluationFailed)) throw error;
      stopIfAborted(this.signal);
      throw await this.#evaluationFailed(error);
    }
  }

  /** Evaluates Output and Assign, both against the old variables. `prefix` is e.g. `Choices[0]/`. */
  async leave(
    fields: LeavingFields,
    {
      fallback,
      prefix = '',
      extra = {},
    }: { fallback: Json; prefix?: string; extra?: { [name: string]: Json } },
  ): Promise<Leave> {
    const output =
      fields.Output === undefined ? fallback : await this.evaluate(fields.Output, `${prefix}Output`, extra);
    if (isTooLarge(output)) throw tooLarge('limit', this.name);
    const hasAssign = fields.Assign !== undefined && Object.keys(fields.Assign).length > 0;
    const assigned = hasAssign
      ? await this.evaluate(fields.Assign ?? {}, `${prefix}Assign`, extra)
      : undefined;
    if (assigned !== undefined && isTooLarge(assigned)) throw tooLarge('limit', this.name);
    return {
      output,
      ...(assigned === undefined ? {} : { assigned: assigned as { readonly [variable: string]: Json } }),
      ...(fields.Next === undefined ? {} : { next: fields.Next }),
    };
  }

  /** A failure of the definition itself: it closes the execution, and no Retry or Catch sees it. */
  runtimeFailure(sentence: string): StateFailed {
    return new StateFailed({ kind: 'runtime', error: 'States.Runtime', cause: this.#blame(sentence) });
  }

  /** Waits on the execution's clock while the other branches go on. */
  async sleepUntil(timeMs: number): Promise<void> {
    const { clock, turns } = this.execution;
    if (clock.now() < timeMs) await turns.away(clock.sleepUntil(timeMs, this.signal));
    stopIfAborted(this.signal);
  }

  async #evaluationFailed(error: EvaluationFailed): Promise<StateFailed> {
    const failure = {
      kind: 'evaluation',
      error: 'States.QueryEvaluationError',
      cause: this.#blame(error.message),
      location: error.location,
    } as const;
    const suffix = this.isInCatcher ? 'catch-evaluation-failed' : 'evaluation-failed';
    await this.execution.recorder.mayRecord(`${this.attemptKey}:${suffix}`, this.signal);
    this.frame.cursor = await this.execution.recorder.event(`${this.attemptKey}:${suffix}`, {
      type: 'EvaluationFailed',
      previousEventId: this.frame.cursor,
      details: {
        evaluationFailedEventDetails: {
          error: failure.error,
          cause: failure.cause,
          location: failure.location,
          state: this.name,
        },
      },
    });
    return new StateFailed(failure);
  }

  #blame(sentence: string): string {
    return (
      `An error occurred while executing the state '${this.name}' ` +
      `(entered at the event id #${this.#options.enteredId}). ${sentence}`
    );
  }
}

/** Whether a value's JSON text is larger than Step Functions lets pass between states. */
export function isTooLarge(value: Json): boolean {
  return Buffer.byteLength(JSON.stringify(value)) > maxPayloadBytes;
}
