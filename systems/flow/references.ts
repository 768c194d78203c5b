// Which variables and fields does a JSONata expression read? Answered by the compiler, from the text.
//
// Limits, all on the side of asking too little: text in quotes is skipped, but an escaped quote, or a quote
// inside a regular expression or a comment, is taken for a real one; a path stops at anything but a plain name
// or a number in brackets; a name that is bound anywhere in the expression counts as bound in all of it.
// The rules in asl-rules.ts read the parsed expression and have none of these limits.
import type { JsonataFunction } from '../jsonata-functions.ts';

type Letter =
  | ('a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j' | 'k' | 'l' | 'm')
  | ('n' | 'o' | 'p' | 'q' | 'r' | 's' | 't' | 'u' | 'v' | 'w' | 'x' | 'y' | 'z');
type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';
type NameCharacter = Letter | Uppercase<Letter> | Digit | '_';
type Space = ' ' | '\n' | '\t' | '\r';

type TrimStart<Text extends string> = Text extends `${Space}${infer Rest}` ? TrimStart<Rest> : Text;
type TrimEnd<Text extends string> = Text extends `${infer Rest}${Space}` ? TrimEnd<Rest> : Text;

/** `[name, what follows it]`; the name is empty when the text starts with none. */
type TakeName<Text extends string, Name extends string = ''> = Text extends `${infer First}${infer Rest}`
  ? First extends NameCharacter
    ? TakeName<Rest, `${Name}${First}`>
    : [Name, Text]
  : [Name, ''];

/** `[path, what follows it]`: `.a.b[0]` after `x` becomes `x.a.b.0`. */
type TakePath<Text extends string, Path extends string> = Text extends `.${infer Tail}`
  ? TakeName<Tail> extends [infer Name extends string, infer Rest extends string]
    ? Name extends ''
      ? [Path, Text]
      : TakePath<Rest, `${Path}.${Name}`>
    : never
  : Text extends `[${infer Index extends number}]${infer Rest}`
    ? TakePath<Rest, `${Path}.${Index}`>
    : [Path, Text];

/** The expression with every quoted text replaced by a blank; the earlier quote decides which kind it is. */
type WithoutTexts<Text extends string, Done extends string = ''> = Text extends `${infer Head}'${infer Tail}`
  ? Head extends `${infer Before}"${infer Within}`
    ? `${Within}'${Tail}` extends `${string}"${infer After}`
      ? WithoutTexts<After, `${Done}${Before} `>
      : `${Done}${Before}`
    : Tail extends `${string}'${infer After}`
      ? WithoutTexts<After, `${Done}${Head} `>
      : `${Done}${Head}`
  : Text extends `${infer Head}"${string}"${infer After}`
    ? WithoutTexts<After, `${Done}${Head} `>
    : `${Done}${Text}`;

/** The names between the brackets of `function($a, $b)`. */
type Parameters<Text extends string, Names extends string = never> = Text extends `${string}$${infer Tail}`
  ? TakeName<Tail> extends [infer Name extends string, infer Rest extends string]
    ? Parameters<Rest, Names | Name>
    : never
  : Names;

type BoundByLambda<
  Text extends string,
  Names extends string = never,
> = Text extends `${string}function${infer Tail}`
  ? TrimStart<Tail> extends `(${infer List})${infer Rest}`
    ? BoundByLambda<Rest, Names | Parameters<List>>
    : BoundByLambda<Tail, Names>
  : Names;

/** Every `$name.path` of the text, but calls; a name that `:=`, `#` or `@` binds is collected apart. */
type Scan<
  Text extends string,
  Read extends string = never,
  Bound extends string = never,
> = Text extends `${infer Before}$${infer Tail}`
  ? TakeName<Tail> extends [infer Name extends string, infer Rest extends string]
    ? Name extends ''
      ? Scan<Tail, Read, Bound>
      : Before extends `${string}${'#' | '@'}`
        ? Scan<Rest, Read, Bound | Name>
        : TrimStart<Rest> extends `(${string}`
          ? Scan<Rest, Read, Bound>
          : TrimStart<Rest> extends `:=${infer After}`
            ? Scan<After, Read, Bound | Name>
            : TakePath<Rest, Name> extends [infer Path extends string, infer After extends string]
              ? Scan<After, Read | Path, Bound>
              : never
    : never
  : { readonly read: Read; readonly bound: Bound };

type Free<Path, Bound extends string> = Path extends Bound | `${Bound}.${string}` ? never : Path;

type ReferencesInCode<Text extends string> =
  Scan<Text> extends { read: infer Read; bound: infer Bound extends string }
    ? Free<Read, Bound | BoundByLambda<Text> | JsonataFunction>
    : never;

/** `"{% $a.b + $count($states.input.c[0]) %}"` reads `'a.b' | 'states.input.c.0'`; any other text, nothing. */
export type ReferencesIn<Text extends string> = Text extends `{%${infer Code}%}`
  ? ReferencesInCode<WithoutTexts<Code>>
  : never;

/** The path, when the code is one path and nothing else; `never` for any other code. */
export type OnlyPath<Code extends string> =
  TrimStart<Code> extends `$${infer Tail}`
    ? TakeName<Tail> extends [infer Name extends string, infer Rest extends string]
      ? TakePath<Rest, Name> extends [infer Path extends string, infer After extends string]
        ? Name extends ''
          ? never
          : TrimEnd<After> extends '' | Space
            ? Path
            : never
        : never
      : never
    : never;

/** Every string inside a JSON value. */
export type TextsIn<Value> = Value extends string
  ? Value
  : Value extends readonly (infer Item)[]
    ? TextsIn<Item>
    : Value extends object
      ? TextsIn<Value[keyof Value]>
      : never;
