// Which state can follow which, and what is assigned on the way?
import type { Graph } from './draft.ts';

export type StateName<G extends Graph> = keyof G['scope']['States'] & string;
export type StateOf<G extends Graph, Name> = Name extends keyof G['scope']['States']
  ? G['scope']['States'][Name]
  : never;

/**
 * One way from a state to another. `via` carries the Assign and Output that apply on it: the state itself (`exit`;
 * in a Choice this is Default), one rule of a Choice (`rule`), or one row of a Catch (`catch`).
 */
export interface Edge<From = string, To = string, How = 'exit' | 'rule' | 'catch', Via = unknown> {
  readonly from: From;
  readonly to: To;
  readonly how: How;
  readonly via: Via;
}

type EdgesTo<From, How, Via> = Via extends { readonly Next: infer To } ? Edge<From, To, How, Via> : never;

type EdgesOfState<From, State> =
  | EdgesTo<From, 'exit', State>
  | (State extends { readonly Default: infer To } ? Edge<From, To, 'exit', State> : never)
  | (State extends { readonly Choices: readonly (infer Rule)[] } ? EdgesTo<From, 'rule', Rule> : never)
  | (State extends { readonly Catch: readonly (infer Row)[] } ? EdgesTo<From, 'catch', Row> : never);

/** The edges of a scope by the state they leave. */
export type EdgesByState<G extends Graph> = {
  readonly [Name in StateName<G>]: EdgesOfState<Name, StateOf<G, Name>>;
};
type Edges<G extends Graph> = EdgesByState<G>[StateName<G>];

/** Every state that can be reached from these, themselves included. Each round adds one ring of neighbours. */
type Reach<From, Ring, Done = never> = [Exclude<Ring, Done>] extends [never]
  ? Done
  : Reach<From, From[Exclude<Ring, Done> & keyof From], Done | Ring>;

type Assigns<Name extends string> = { readonly via: { readonly Assign: { readonly [N in Name]: unknown } } };

/** Next states on the ways that do not assign the variable. */
type NeighboursWithout<G extends Graph, Variable extends string> = {
  readonly [Name in StateName<G>]: Exclude<EdgesByState<G>[Name], Assigns<Variable>>['to'];
};
type Neighbours<G extends Graph> = { readonly [Name in StateName<G>]: EdgesByState<G>[Name]['to'] };

/** States that can be reached from `From` while the variable keeps the value that it has there. */
export type ReachKeeping<G extends Graph, Variable extends string, From> = Reach<
  NeighboursWithout<G, Variable>,
  From
>;
export type ReachableStates<G extends Graph> = Reach<Neighbours<G>, G['scope']['StartAt']>;

type NamesAssigned<Via> = Via extends { readonly Assign: infer Assign } ? keyof Assign & string : never;
/** Variables that some edge or some ending state of the scope assigns. */
export type AssignedVariables<G extends Graph> = NamesAssigned<Edges<G>['via']>;

export type EdgesAssigning<G extends Graph, Variable extends string> = Extract<Edges<G>, Assigns<Variable>>;

/**
 * Not assigned on every path = the state can still be reached when all edges that assign the variable are cut.
 * So no path is ever enumerated, and loops need no special care.
 */
export type IsAssigned<G extends Graph, Variable extends string, Name extends string> =
  Name extends ReachKeeping<G, Variable, G['scope']['StartAt']> ? false : true;

type CarriesInput<From> = From extends { readonly Type: 'Pass' | 'Wait' | 'Choice' } ? true : false;

/** Edges on which the input of the state they leave arrives unchanged. */
type CarryingEdges<G extends Graph, E = Edges<G>> =
  E extends Edge<infer From, string, 'exit' | 'rule', infer Via>
    ? Via extends { readonly Output: unknown }
      ? never
      : CarriesInput<StateOf<G, From>> extends true
        ? E
        : never
    : never;

type Carriers<G extends Graph> = {
  readonly [Name in StateName<G>]: Extract<CarryingEdges<G>, { to: Name }>['from'];
};

/** The state and those before it whose input it gets unchanged. */
export type SameInput<G extends Graph, Name> = Reach<Carriers<G>, Name>;
/** The edges on which the state's input was made. */
export type InputEdges<G extends Graph, Name> = Exclude<
  Extract<Edges<G>, { to: SameInput<G, Name> }>,
  CarryingEdges<G>
>;
