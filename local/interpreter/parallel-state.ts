// How is one attempt of a Parallel run?

import type { Json, ParallelState } from '../../systems/asl.ts';
import { fanOut } from './fan-out.ts';
import type { RunScope } from './scope-run.ts';
import { tooLarge } from './state-failed.ts';
import { Variables } from './variables.ts';
import type { Leave, Visit } from './visit.ts';
import { isTooLarge } from './visit.ts';

/**
 * Throws the StateFailed of the branch that failed first. `run` is runScope, handed in because scopes hold Parallels
 * and Parallels hold scopes.
 */
export async function runParallel(visit: Visit, state: ParallelState, run: RunScope): Promise<Leave> {
  const { execution, frame, attemptKey } = visit;
  const { recorder } = execution;
  const known = recorder.recalled(`${attemptKey}:started`);
  const input = known === undefined ? await argumentsOf(visit, state) : (known.memo as Json);
  frame.cursor = await recorder.event(
    `${attemptKey}:started`,
    { type: 'ParallelStateStarted', previousEventId: frame.cursor },
    input,
  );
  const result = await fanOut(visit, {
    count: state.Branches.length,
    limit: state.Branches.length,
    begin: (index, cursor) =>
      Promise.resolve({ path: `${attemptKey}/${index}/`, cursor, standing: undefined }),
    run: async (index, branchFrame, signal) => {
      const scope = state.Branches[index];
      if (scope === undefined) return null;
      const variables = new Variables(visit.variables);
      return run(execution, { scope, input, variables, frame: branchFrame, signal, mapItem: visit.mapItem });
    },
    finish: (_index, branchFrame) => Promise.resolve(branchFrame.cursor),
    end: () => Promise.resolve(),
  });
  await recorder.event(`${attemptKey}:succeeded`, {
    type: 'ParallelStateSucceeded',
    previousEventId: frame.cursor,
  });
  // The exit points past the Succeeded event, at the last event of a branch (recording test_parallel_state).
  return visit.leave(state, { fallback: result, extra: { result } });
}

async function argumentsOf(visit: Visit, state: ParallelState): Promise<Json> {
  if (state.Arguments === undefined) return visit.input;
  const input = await visit.evaluate(state.Arguments, 'Arguments');
  if (isTooLarge(input)) throw tooLarge('limit', visit.name);
  return input;
}
