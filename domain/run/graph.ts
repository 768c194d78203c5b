// Which states does a compiled state machine have, and how are they connected?
import { z } from 'zod';
import type { RunState, RunTransition } from '../api/run-view.ts';
import { InternalError } from '../errors.ts';
import { taskStages } from './task-stages.ts';

const target = z.object({ Next: z.string() });

/** As much of the States Language as connects states; a scope is the machine itself or a branch of one of its states. */
const stateSchema = z.object({
  Type: z.string(),
  Next: z.string().optional(),
  Default: z.string().optional(),
  Choices: z.array(target).default([]),
  Catch: z.array(target).default([]),
  Resource: z.string().optional(),
  get Branches() {
    return z.array(scopeSchema).default([]);
  },
  get ItemProcessor() {
    return scopeSchema.optional();
  },
});
const scopeSchema = z.object({ StartAt: z.string(), States: z.record(z.string(), stateSchema) });
type Scope = z.infer<typeof scopeSchema>;
type State = z.infer<typeof stateSchema>;

/** A state before anything happened in it. */
export type GraphState = Pick<RunState, 'name' | 'type' | 'parent' | 'branch' | 'stage'>;

export interface Graph {
  readonly startAt: string;
  /** Each before the states that it contains, else as the definition has them. */
  readonly states: readonly GraphState[];
  readonly transitions: readonly RunTransition[];
}

/** Deployed functions are called `<system>-<stage>-<something random>`; ARNs are nobody's business outside. */
function stageOf(resource: string | undefined): string | null {
  const [, functionName] = /:function:([\w-]+)/.exec(resource ?? '') ?? [];
  return taskStages.find((stage) => functionName?.includes(stage)) ?? null;
}

/** The branches of a Parallel, or what a Map does with each item. */
const scopesIn = ({ Branches, ItemProcessor }: State): readonly Scope[] =>
  ItemProcessor ? [...Branches, ItemProcessor] : Branches;

function transitionsOf(from: string, state: State): RunTransition[] {
  const to = (kind: RunTransition['kind'], names: readonly string[]): RunTransition[] =>
    [...new Set(names)].map((name) => ({ from, to: name, kind }));
  const chosen = [
    ...state.Choices.map(({ Next }) => Next),
    ...(state.Default === undefined ? [] : [state.Default]),
  ];
  return [
    ...to('next', state.Next === undefined ? [] : [state.Next]),
    ...to('choice', chosen),
    ...to(
      'catch',
      state.Catch.map(({ Next }) => Next),
    ),
  ];
}

interface Parts {
  readonly states: GraphState[];
  readonly transitions: RunTransition[];
}

function collect({ States }: Scope, parent: string | null, branch: number | null, parts: Parts): void {
  for (const [name, state] of Object.entries(States)) {
    parts.states.push({ name, type: state.Type, parent, branch, stage: stageOf(state.Resource) });
    parts.transitions.push(...transitionsOf(name, state));
    scopesIn(state).forEach((scope, index) => {
      collect(scope, name, index, parts);
    });
  }
}

/** @throws InternalError when the text is no definition */
export function graphOf(definition: string): Graph {
  try {
    const scope = scopeSchema.parse(JSON.parse(definition));
    const parts: Parts = { states: [], transitions: [] };
    collect(scope, null, null, parts);
    return { startAt: scope.StartAt, ...parts };
  } catch (error) {
    throw new InternalError('the definition of a state machine cannot be read', { cause: error });
  }
}
