// What type does a path through known JSON lead to?

declare const missing: unique symbol;
/** The path leads nowhere: no member of the type has such a field. */
export type Missing = typeof missing;

type Item<List extends readonly unknown[], Index extends string> = Index extends keyof List
  ? List[Index]
  : number extends List['length']
    ? List[number]
    : Index extends `-${string}`
      ? List[number]
      : Missing;

/** JSONata maps a name over an array; what comes back depends on its length, so it is `unknown` here. */
type NameOverArray<List extends readonly unknown[], Name extends string> =
  Field<List[number], Name> extends infer Found ? ([Found] extends [Missing] ? Missing : unknown) : never;

type FieldOfOne<Value, Name extends string> = unknown extends Value
  ? unknown
  : Value extends readonly unknown[]
    ? Name extends `${number}`
      ? Item<Value, Name>
      : NameOverArray<Value, Name>
    : Name extends '0' | '-1'
      ? Value
      : Value extends object
        ? Name extends keyof Value
          ? Value[Name]
          : Missing
        : Missing;

/** A field that only some members of a union have may be missing: `undefined`. */
type Settled<Found> = [Found] extends [Missing]
  ? Missing
  : Missing extends Found
    ? Exclude<Found, Missing> | undefined
    : Found;

type Field<Value, Name extends string> = [Value] extends [never]
  ? unknown
  : unknown extends Value
    ? unknown
    : Settled<Value extends unknown ? FieldOfOne<Value, Name> : never>;

/** Follows `a.b.0` from a value; `unknown` lets everything through, `Missing` stays missing. */
export type Walk<Value, Path extends string> = [Value] extends [Missing]
  ? [Value] extends [never]
    ? unknown
    : Missing
  : Path extends `${infer Name}.${infer Rest}`
    ? Walk<Field<Value, Name>, Rest>
    : Field<Value, Path>;
