// How is a state machine written and compiled? A plain object in the shape of Amazon States Language, which the
// compiler checks (systems/flow/), and which `compile` turns into the definition that Step Functions takes.
import type { Scope, State, StateMachineDefinition } from './asl.ts';
import type { DraftMachine, DraftScope, DraftState, StageTaskBody } from './flow/draft.ts';
import type { CheckedMachine } from './flow/problems.ts';
import type { Stage } from './stage.ts';

export type { MatchableError } from './flow/matchable-errors.ts';

/** A checked machine; `Input` is the JSON that an execution starts with. */
export interface Machine<Input = never> {
  readonly definition: DraftMachine;
  readonly start?: (input: Input) => void;
}

/**
 * Checks a definition and keeps it. What does not compile: a transition to nowhere, or none; a JSONPath field; an
 * error name that nothing throws; a variable that is not assigned on every path; a field that no earlier state
 * produces; arguments that do not fit their stage. The error at the state is a sentence (`Problem`).
 */
export const defineMachine =
  <Input>() =>
  <const Definition extends DraftMachine>(
    definition: Definition & CheckedMachine<Input, Definition>,
  ): Machine<Input> => ({ definition });

/** A Task that runs a stage; its Arguments are the handler's input, `$states.result` is what the handler returns. */
export const task = <const S extends Stage, const Body extends StageTaskBody>(
  stage: S,
  body: Body,
): { readonly Type: 'Task'; readonly Stage: S } & Body => ({ Type: 'Task', Stage: stage, ...body });

export interface CompileOptions {
  /** ARN of the Lambda function that runs the stage; a name and a placeholder will do. */
  readonly functionArn: (stageName: string) => string;
  /** Multiplies every timeout that is a number, for a machine that may be slower than Lambda; default 1. */
  readonly timeoutFactor?: number;
}

/**
 * The definition as Step Functions takes it. A stage becomes its function's ARN in `Resource`, so that Arguments are
 * the payload and the result is the answer, with no envelope around either (decision 003).
 */
export function compile(machine: Machine, options: CompileOptions): StateMachineDefinition {
  const { Comment, TimeoutSeconds } = machine.definition;
  return {
    ...(Comment === undefined ? {} : { Comment }),
    QueryLanguage: 'JSONata',
    TimeoutSeconds: TimeoutSeconds * (options.timeoutFactor ?? 1),
    ...compileScope(machine.definition, options),
  };
}

function compileScope(scope: DraftScope, options: CompileOptions): Scope {
  const states = Object.entries(scope.States).map(([name, state]) => [name, compileState(state, options)]);
  return { StartAt: scope.StartAt, States: Object.fromEntries(states) };
}

const withTime = (state: DraftState, factor: number): DraftState =>
  state.Type === 'Task' && typeof state.TimeoutSeconds === 'number'
    ? { ...state, TimeoutSeconds: state.TimeoutSeconds * factor }
    : state;

/** The checks have proved that a draft is a state of asl.ts once its stages are resolved. */
const asState = (fields: object): State => fields as State;

function compileState(state: DraftState, options: CompileOptions): State {
  const draft = withTime(state, options.timeoutFactor ?? 1);
  if (draft.Type === 'Task' && draft.Stage) {
    const { Stage: stage, Type, ...fields } = draft;
    return asState({ Type, Resource: options.functionArn(stage.name), ...fields });
  }
  if (draft.Type === 'Parallel') {
    return asState({ ...draft, Branches: draft.Branches.map((branch) => compileScope(branch, options)) });
  }
  if (draft.Type === 'Map') {
    const { ProcessorConfig } = draft.ItemProcessor;
    const processor = compileScope(draft.ItemProcessor, options);
    return asState({
      ...draft,
      ItemProcessor: { ...(ProcessorConfig && { ProcessorConfig }), ...processor },
    });
  }
  return asState(draft);
}
