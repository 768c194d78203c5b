// What is wrong with a definition? Each fault as a sentence that names the state, for the compiler to show.
import type { DraftScope, DraftState, FieldOfType, Graph } from './draft.ts';
import type { ArgumentProblem } from './arguments.ts';
import type { AssignedVariables, Edge, EdgesByState, ReachableStates, StateName, StateOf } from './graph.ts';
import type { MatchableError, ServiceError } from './matchable-errors.ts';
import type { Missing } from './paths.ts';
import type { OnlyPath, ReferencesIn, TextsIn } from './references.ts';
import type { Inner, Place, Resolve, Unassigned, Unoffered } from './values.ts';

type First<Path extends string> = Path extends `${infer Name}.${string}` ? Name : Path;

type WhyNotRead<Name extends string, Path extends string, G extends Graph, Found> = [Found] extends [never]
  ? never
  : [Found] extends [Missing]
    ? `${Name} reads $${Path}, which no earlier state produces`
    : [Found] extends [Unassigned]
      ? First<Path> extends AssignedVariables<G>
        ? `${Name} reads $${Path}, but not every path to ${Name} assigns $${First<Path>}`
        : `${Name} reads $${Path}, but no state assigns $${First<Path>}`
      : [Found] extends [Unoffered]
        ? `${Name} reads $${Path}, which does not exist at this place`
        : never;

type ReadProblem<Name extends string, Path, P extends Place> = Path extends string
  ? WhyNotRead<Name, Path, P['graph'], Resolve<Path, P>>
  : never;

/** A value that is only a path must be there, or Step Functions fails: write `$exists(x) ? x : null` instead. */
type MaybeMissing<Name extends string, Path, P extends Place> = Path extends string
  ? Resolve<Path, P> extends infer Found
    ? unknown extends Found
      ? never
      : undefined extends Found
        ? `${Name} passes on $${Path}, which may be missing`
        : never
    : never
  : never;

type ProblemOfText<Name extends string, Text, P extends Place> = Text extends `{%${infer Code}%}`
  ? ReadProblem<Name, ReferencesIn<Text>, P> | MaybeMissing<Name, OnlyPath<Code>, P>
  : never;

type ReadProblems<G extends Graph, Name extends string, Value, When extends Place['when']> = ProblemOfText<
  Name,
  TextsIn<Value>,
  { readonly graph: G; readonly state: Name; readonly when: When; readonly seen: never }
>;

type OnExit = 'Assign' | 'Output';
type NotOnEntry =
  OnExit | 'Catch' | 'Retry' | 'Choices' | 'Branches' | 'ItemProcessor' | 'ItemSelector' | 'Stage';
type Part<Value, Key> = Value[Extract<keyof Value, Key>];

/** The ways out that have an Assign and Output of their own. */
type SideProblems<G extends Graph, Name extends string, E> =
  E extends Edge<string, string, infer How extends Edge['how'], infer Via>
    ? How extends 'exit'
      ? never
      : ReadProblems<G, Name, Part<Via, OnExit | 'Condition'>, How>
    : never;

type DataProblems<G extends Graph, Name extends StateName<G>, State> =
  | ReadProblems<G, Name, State[Exclude<keyof State, NotOnEntry>], 'entry'>
  | ReadProblems<G, Name, Part<State, OnExit>, 'exit'>
  | ReadProblems<G, Name, Part<State, 'ItemSelector'>, 'item'>
  | SideProblems<G, Name, EdgesByState<G>[Name]>
  | ArgumentProblem<G, Name, State>
  | ShadowProblem<G, G['up'], Name, State>;

type AssignedBy<State> =
  | (State extends { readonly Assign: infer Assign } ? keyof Assign : never)
  | (State extends { readonly Catch: readonly (infer Row)[] } ? AssignedBy<Row> : never)
  | (State extends { readonly Choices: readonly (infer Rule)[] } ? AssignedBy<Rule> : never);

type ShadowProblem<G extends Graph, Up, Name extends string, State> = Up extends {
  graph: infer Outer extends Graph;
}
  ? | (Extract<AssignedBy<State>, AssignedVariables<Outer>> extends infer Variable extends string
        ? `${Name} assigns $${Variable}, which an outer state already assigns`
        : never)
    | ShadowProblem<G, Outer['up'], Name, State>
  : never;

type FieldProblem<Name extends string, State extends DraftState> =
  Exclude<keyof State, FieldOfType<State['Type']>> extends infer Field extends string
    ? `${Name} has the field ${Field}, which a ${State['Type']} does not have`
    : never;

type TransitionProblem<Name extends string, State extends DraftState> = State extends {
  readonly Type: 'Choice' | 'Succeed' | 'Fail';
}
  ? never
  : State extends { readonly Next: unknown; readonly End: unknown }
    ? `${Name} has both Next and End`
    : State extends { readonly Next: unknown } | { readonly End: unknown }
      ? never
      : `${Name} does not say what follows: it needs Next or End`;

type KindProblem<Name extends string, State> = State extends { readonly Type: 'Task' }
  ? State extends { readonly Stage: unknown; readonly Resource: unknown }
    ? `${Name} has both Stage and Resource`
    : State extends { readonly Stage: unknown } | { readonly Resource: unknown }
      ? never
      : `${Name} has no Resource`
  : State extends { readonly Type: 'Wait' }
    ? State extends { readonly Seconds: unknown; readonly Timestamp: unknown }
      ? `${Name} has both Seconds and Timestamp`
      : State extends { readonly Seconds: unknown } | { readonly Timestamp: unknown }
        ? never
        : `${Name} does not say how long it waits`
    : never;

type TargetProblem<G extends Graph, Name extends StateName<G>> =
  Exclude<EdgesByState<G>[Name]['to'], StateName<G>> extends infer Target extends string
    ? `${Name} goes to ${Target}, which is not a state here`
    : never;

type NamesMatched<State> =
  | (State extends { readonly Retry: readonly (infer Row)[] } ? NamesMatchedBy<Row> : never)
  | (State extends { readonly Catch: readonly (infer Row)[] } ? NamesMatchedBy<Row> : never);
type NamesMatchedBy<Row> = Row extends { readonly ErrorEquals: readonly (infer Name)[] } ? Name : never;

type ErrorNameProblem<Name extends string, State> =
  Exclude<
    NamesMatched<State>,
    MatchableError | (State extends { readonly Resource: unknown } ? ServiceError : never)
  > extends infer ErrorName extends string
    ? `${Name} matches the error ${ErrorName}, which nothing throws`
    : never;

type UnreachableProblem<G extends Graph, Name extends string> =
  G['scope']['StartAt'] extends StateName<G>
    ? Name extends ReachableStates<G>
      ? never
      : `${Name} cannot be reached from ${G['scope']['StartAt']}`
    : never;

type StateProblems<G extends Graph, Name extends StateName<G>, State extends DraftState> =
  | FieldProblem<Name, State>
  | TransitionProblem<Name, State>
  | KindProblem<Name, State>
  | TargetProblem<G, Name>
  | ErrorNameProblem<Name, State>
  | UnreachableProblem<G, Name>
  | DataProblems<G, Name, State>;

/** Branches by index, not as a tuple: two tuple types in one intersection make the compiler compare array methods. */
type CheckedInside<G extends Graph, Name, State> = State extends { readonly Branches: infer Branches }
  ? {
      readonly Branches: {
        readonly [I in Exclude<keyof Branches, keyof (readonly unknown[])>]: CheckedScope<
          Inner<G, Name, Branches[I]>
        >;
      };
    }
  : State extends { readonly ItemProcessor: infer Processor }
    ? { readonly ItemProcessor: CheckedScope<Inner<G, Name, Processor>> }
    : unknown;

type CheckedState<G extends Graph, Name extends StateName<G>, State> = State extends DraftState
  ? StateProblems<G, Name, State> extends infer Sentence
    ? [Sentence] extends [never]
      ? CheckedInside<G, Name, State>
      : Sentence
    : never
  : never;

/** In a tuple: two different string types in one intersection would make the whole machine `never`. */
type CheckedStart<G extends Graph> =
  G['scope']['StartAt'] extends StateName<G>
    ? unknown
    : readonly [`it starts at ${G['scope']['StartAt']}, which is not a state here`];

/**
 * What an author's scope must also be: `unknown` at a sound state, its faults as string types at any other. Scopes
 * whose names the compiler does not know are let through: it asks about such while it infers.
 */
type CheckedScope<G extends Graph> =
  string extends StateName<G>
    ? unknown
    : {
        readonly StartAt: CheckedStart<G>;
        readonly States: { readonly [Name in StateName<G>]: CheckedState<G, Name, StateOf<G, Name>> };
      };

/** The same for a whole machine. */
export type CheckedMachine<Input, Scope extends DraftScope> = CheckedScope<{
  readonly scope: Scope;
  readonly input: Input;
  readonly up: null;
}>;
