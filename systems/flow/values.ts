// What type has a variable, an input or a result at a given state?
import type { Stage } from '../stage.ts';
import type { Graph } from './draft.ts';
import type {
  AssignedVariables,
  Edge,
  EdgesAssigning,
  InputEdges,
  IsAssigned,
  ReachableStates,
  ReachKeeping,
  SameInput,
  StateOf,
} from './graph.ts';
import type { Missing, Walk } from './paths.ts';
import type { OnlyPath } from './references.ts';

declare const unassigned: unique symbol;
/** The variable has no value on at least one path. */
export type Unassigned = typeof unassigned;
declare const unoffered: unique symbol;
/** That part of `$states` does not exist at this place. */
export type Unoffered = typeof unoffered;

interface ErrorOutput {
  readonly Error: string;
  readonly Cause: string;
}

/** The place of an expression. `seen` holds the questions being answered, so that a loop ends as `unknown`. */
export interface Place {
  readonly graph: Graph;
  readonly state: string;
  readonly when: 'entry' | 'rule' | 'exit' | 'catch' | 'item';
  readonly seen: string;
}
interface PlaceAt<G extends Graph, Name, When, Seen> {
  readonly graph: G;
  readonly state: Name & string;
  readonly when: When & Place['when'];
  readonly seen: Seen & string;
}

interface ContextOf<G extends Graph, P extends Place> {
  readonly Execution: {
    readonly Id: string;
    readonly Input: G['input'];
    readonly Name: string;
    readonly RoleArn: string;
    readonly StartTime: string;
    readonly RedriveCount: number;
  };
  readonly StateMachine: { readonly Id: string; readonly Name: string };
  readonly State: { readonly EnteredTime: string; readonly Name: string; readonly RetryCount: number };
  readonly Task: { readonly Token: string };
  readonly Map: { readonly Item: { readonly Index: number; readonly Value: CurrentItem<P> } };
}

type CurrentItem<P extends Place> = P['when'] extends 'item'
  ? ItemOf<P['graph'], P['state'], P['seen']>
  : ItemAround<P['graph'], P['seen']>;
type ItemAround<G extends Graph, Seen> = G['up'] extends { graph: infer Up extends Graph; at: infer Holder }
  ? StateOf<Up, Holder> extends { readonly Type: 'Map' }
    ? ItemOf<Up, Holder, Seen>
    : ItemAround<Up, Seen>
  : Missing;

type StatesPart<Name extends string, P extends Place> = Name extends 'input'
  ? InputOf<P['graph'], P['state'], P['seen']>
  : Name extends 'context'
    ? ContextOf<P['graph'], P>
    : Name extends 'result'
      ? P['when'] extends 'exit'
        ? ResultOf<P['graph'], P['state'], P['seen']>
        : Unoffered
      : Name extends 'errorOutput'
        ? P['when'] extends 'catch'
          ? ErrorOutput
          : Unoffered
        : Unoffered;

type Follow<Value, Path extends string> = [Value] extends [never]
  ? unknown
  : [Value] extends [Unassigned | Unoffered]
    ? Value
    : Walk<Value, Path>;

/** What `name.path` leads to at this place: a type, `Missing`, `Unassigned` or `Unoffered`. */
export type Resolve<Path extends string, P extends Place> = Path extends 'states'
  ? unknown
  : Path extends `states.${infer Part}`
    ? Part extends `${infer Name}.${infer Rest}`
      ? Follow<StatesPart<Name, P>, Rest>
      : StatesPart<Part, P>
    : Path extends `${infer Name}.${infer Rest}`
      ? Follow<VariableOf<P['graph'], P['state'], Name, P['seen']>, Rest>
      : VariableOf<P['graph'], P['state'], Path, P['seen']>;

/** The type of a variable when the state is entered: of each assignment that can reach it unreplaced. */
type VariableOf<G extends Graph, Name extends string, Variable extends string, Seen> =
  Variable extends AssignedVariables<G>
    ? IsAssigned<G, Variable, Name> extends true
      ? `$${Variable} at ${Name}` extends Seen
        ? unknown
        : AssignedValue<G, EdgesAssigning<G, Variable>, Variable, Name, Seen | `$${Variable} at ${Name}`>
      : Unassigned
    : G['up'] extends { graph: infer Up extends Graph; at: infer Holder extends string }
      ? VariableOf<Up, Holder, Variable, Seen>
      : Unassigned;

type AssignedValue<G extends Graph, E, Variable extends string, Name extends string, Seen> = E extends Edge
  ? Name extends ReachKeeping<G, Variable, E['to']>
    ? E['via'] extends { readonly Assign: { readonly [N in Variable]: infer Value } }
      ? TypeOf<Value, PlaceAt<G, E['from'], E['how'], Seen>>
      : never
    : never
  : never;

/**
 * The type that a JSON value with expressions evaluates to; `unknown` for all but paths and constants. Never
 * `undefined`: that a path may be missing is said where it is read, and not again wherever its value goes.
 */
export type TypeOf<Value, P extends Place> = Value extends string
  ? string extends Value
    ? string
    : Value extends `{%${infer Code}%}`
      ? TypeOfCode<OnlyPath<Code>, P>
      : Value
  : Value extends object
    ? { -readonly [Key in keyof Value]: TypeOf<Value[Key], P> }
    : Value;

type TypeOfCode<Path extends string, P extends Place> = [Path] extends [never]
  ? unknown
  : Resolve<Path, P> extends infer Found
    ? [Found] extends [Missing | Unassigned | Unoffered]
      ? unknown
      : Exclude<Found, undefined>
    : never;

/** The input of a state: whatever arrives on the edges to it, through states that only hand it on. */
export type InputOf<G extends Graph, Name, Seen> = `input of ${Name & string}` extends Seen
  ? unknown
  : | Arriving<G, InputEdges<G, Name>, Seen | `input of ${Name & string}`>
    | (G['scope']['StartAt'] extends SameInput<G, Name>
        ? ScopeInput<G, Seen | `input of ${Name & string}`>
        : never);

type Arriving<G extends Graph, E, Seen> = E extends Edge
  ? E['how'] extends 'catch'
    ? E['via'] extends { readonly Output: infer Output }
      ? TypeOf<Output, PlaceAt<G, E['from'], 'catch', Seen>>
      : ErrorOutput
    : OutputVia<G, E['from'], E['via'], E['how'], Seen>
  : never;

type OutputVia<G extends Graph, Name, Via, When, Seen> = Via extends { readonly Output: infer Output }
  ? TypeOf<Output, PlaceAt<G, Name, When, Seen>>
  : StateOf<G, Name> extends { readonly Type: 'Task' | 'Parallel' | 'Map' }
    ? ResultOf<G, Name, Seen>
    : InputOf<G, Name, Seen>;

type ScopeInput<G extends Graph, Seen> = G['up'] extends { graph: infer Up extends Graph; at: infer Holder }
  ? StateOf<Up, Holder> extends { readonly Type: 'Map' }
    ? BatchOf<StateOf<Up, Holder>, SelectedItem<Up, Holder, Seen>>
    : StateOf<Up, Holder> extends { readonly Arguments: infer Arguments }
      ? TypeOf<Arguments, PlaceAt<Up, Holder, 'entry', Seen>>
      : InputOf<Up, Holder, Seen>
  : G['input'];

type ElementOf<List> = List extends readonly (infer Element)[] ? Element : unknown;

type ItemOf<G extends Graph, Name, Seen> =
  StateOf<G, Name> extends { readonly ItemReader: unknown }
    ? unknown
    : StateOf<G, Name> extends { readonly Items: infer Items }
      ? ElementOf<TypeOf<Items, PlaceAt<G, Name, 'entry', Seen>>>
      : ElementOf<InputOf<G, Name, Seen>>;

type SelectedItem<G extends Graph, Name, Seen> =
  StateOf<G, Name> extends { readonly ItemSelector: infer Selector }
    ? TypeOf<Selector, PlaceAt<G, Name, 'item', Seen>>
    : ItemOf<G, Name, Seen>;

type BatchOf<State, Item> = State extends { readonly ItemBatcher: infer Batcher }
  ? { Items: Item[] } & (Batcher extends { readonly BatchInput: unknown } ? { BatchInput: unknown } : unknown)
  : Item;

/** A branch or a processor as a graph of its own, inside the state that holds it. */
export type Inner<G extends Graph, Name, Scope> = {
  readonly scope: Scope extends Graph['scope'] ? Scope : never;
  readonly input: G['input'];
  readonly up: { readonly graph: G; readonly at: Name & string };
};

/** What `$states.result` is in the state's own Assign and Output. */
type ResultOf<G extends Graph, Name, Seen> = ResultOfState<G, Name, StateOf<G, Name>, Seen>;

type ResultOfState<G extends Graph, Name, State, Seen> = State extends { readonly Type: 'Task' }
  ? State extends { readonly Stage: Stage<never, infer Output> }
    ? Output
    : unknown
  : State extends { readonly Branches: infer Branches }
    ? { -readonly [Index in keyof Branches]: ScopeOutput<Inner<G, Name, Branches[Index]>, Seen> }
    : State extends { readonly ItemProcessor: infer Processor }
      ? State extends { readonly ResultWriter: unknown }
        ? unknown
        : ScopeOutput<Inner<G, Name, Processor>, Seen>[]
      : Unoffered;

/** The output of whichever state ends the scope. */
type ScopeOutput<G extends Graph, Seen> = EndingOutput<G, ReachableStates<G>, Seen>;
type EndingOutput<G extends Graph, Name, Seen> = Name extends string
  ? StateOf<G, Name> extends { readonly End: true } | { readonly Type: 'Succeed' }
    ? OutputVia<G, Name, StateOf<G, Name>, 'exit', Seen>
    : never
  : never;
