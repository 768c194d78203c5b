// What does it take to run a scope? Apart from the code that does, because states hold scopes and scopes hold states.

import type { Json, Scope } from '../../systems/asl.ts';
import type { Execution } from './execution.ts';
import type { Variables } from './variables.ts';
import type { Frame } from './visit.ts';

/** One run of a scope; `mapItem` is the context object's `Map` inside an iteration. */
export interface ScopeRun {
  readonly scope: Scope;
  readonly input: Json;
  readonly variables: Variables;
  readonly frame: Frame;
  readonly signal: AbortSignal;
  readonly mapItem?: { readonly [key: string]: Json } | undefined;
}

/** runScope of run-scope.ts. */
export type RunScope = (execution: Execution, run: ScopeRun) => Promise<Json>;
