// Do the arguments of a Task fit what its stage takes?
import type { Stage } from '../stage.ts';
import type { Graph } from './draft.ts';
import type { InputOf, TypeOf } from './values.ts';

type KeyOf<Value> = Value extends unknown ? keyof Value & string : never;
type RequiredKey<Value> = Value extends unknown
  ? { [Key in keyof Value & string]-?: object extends Pick<Value, Key> ? never : Key }[keyof Value & string]
  : never;

/** What is not known to the compiler is taken to fit. */
type Lenient<Value> = unknown extends Value
  ? never
  : Value extends string | number | boolean | null | undefined
    ? Value
    : Value extends object
      ? { [Key in keyof Value]: Lenient<Value[Key]> }
      : Value;

type Fits<Given, Wanted> = [Given] extends [Wanted]
  ? true
  : unknown extends Given
    ? true
    : [Lenient<Given>] extends [Wanted]
      ? true
      : false;

type Misfit<Given, Wanted> = {
  [Key in Extract<keyof Given, keyof Wanted>]: Fits<Given[Key], Wanted[Key]> extends true ? never : Key;
}[Extract<keyof Given, keyof Wanted>];

/** One argument at a time; for a stage whose input is a union, the whole must fit one of its members as well. */
type Compared<Name extends string, Given, Wanted> =
  | (Exclude<keyof Given & string, KeyOf<Wanted>> extends infer Key extends string
      ? `${Name} passes ${Key}, which its stage does not take`
      : never)
  | (Exclude<RequiredKey<Wanted>, keyof Given> extends infer Key extends string
      ? `${Name} does not pass ${Key}, which its stage needs`
      : never)
  | (Misfit<Given, Wanted> extends infer Key extends string
      ? `${Name} passes ${Key} of a type that its stage does not take`
      : never);

type Sentence<Name extends string, Given, Wanted> = [Compared<Name, Given, Wanted>] extends [never]
  ? Fits<Given, Wanted> extends true
    ? never
    : `${Name} passes arguments that do not fit its stage`
  : Compared<Name, Given, Wanted>;

type Passed<G extends Graph, Name extends string, State> = State extends {
  readonly Arguments: infer Arguments;
}
  ? TypeOf<
      Arguments,
      { readonly graph: G; readonly state: Name; readonly when: 'entry'; readonly seen: never }
    >
  : InputOf<G, Name, never>;

type Checked<Name extends string, Given, Wanted> = unknown extends Wanted
  ? never
  : unknown extends Given
    ? never
    : Given extends readonly unknown[] | string | number | boolean | null
      ? `${Name} passes arguments that do not fit its stage`
      : Sentence<Name, Given, Wanted>;

/** A sentence per argument that is missing, surplus or of the wrong type; `never` when all fit. */
export type ArgumentProblem<G extends Graph, Name extends string, State> = State extends {
  readonly Stage: Stage<infer Wanted>;
}
  ? Checked<Name, Passed<G, Name, State>, Wanted>
  : never;
