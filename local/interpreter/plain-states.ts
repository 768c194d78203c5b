// What do the states do that call nothing and hold no others: Pass, Succeed, Fail, Choice and Wait?

import type { ChoiceState, FailState, PassState, SucceedState, WaitState } from '../../systems/asl.ts';
import { EvaluationFailed } from './expressions.ts';
import { StateFailed } from './state-failed.ts';
import type { Leave, Visit } from './visit.ts';

export function runPass(visit: Visit, state: PassState): Promise<Leave> {
  return visit.leave(state, { fallback: visit.input });
}

export function runSucceed(visit: Visit, state: SucceedState): Promise<Leave> {
  return visit.leave(state, { fallback: visit.input });
}

/** Always throws StateFailed; Error and Cause that the state does not give are left out, as on AWS. */
export async function runFail(visit: Visit, state: FailState): Promise<Leave> {
  const error =
    state.Error === undefined ? undefined : await visit.evaluateTyped('string', state.Error, 'Error');
  const cause =
    state.Cause === undefined ? undefined : await visit.evaluateTyped('string', state.Cause, 'Cause');
  throw new StateFailed({
    kind: 'fail',
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  });
}

/**
 * Takes the first rule whose Condition is true, with that rule's Output and Assign; the state's own Output and Assign
 * belong to Default. Without Default an unmatched Choice ends the execution with States.Runtime: that is what AWS
 * does (measured in us-east-1 by floci), though the language's specification names States.NoChoiceMatched.
 */
export async function runChoice(visit: Visit, state: ChoiceState): Promise<Leave> {
  for (const [i, rule] of state.Choices.entries()) {
    if (await visit.evaluateTyped('boolean', rule.Condition, `Choices[${i}]/Condition`)) {
      return visit.leave(rule, { fallback: visit.input, prefix: `Choices[${i}]/` });
    }
  }
  if (state.Default === undefined) {
    throw visit.runtimeFailure(
      'Failed to transition out of the state. The state does not point to a next state.',
    );
  }
  const { Output, Assign } = state;
  return visit.leave(
    {
      ...(Output === undefined ? {} : { Output }),
      ...(Assign === undefined ? {} : { Assign }),
      Next: state.Default,
    },
    { fallback: visit.input },
  );
}

/** Waits until a moment that is decided once: a resumed execution does not begin its wait again. */
export async function runWait(visit: Visit, state: WaitState): Promise<Leave> {
  const { recorder, clock } = visit.execution;
  const untilMs = await recorder.decide(`${visit.key}:until`, async () =>
    state.Timestamp === undefined
      ? clock.now() + (await visit.evaluateSeconds(state.Seconds, 'Seconds')) * 1000
      : timestampMs(visit, await visit.evaluateTyped('string', state.Timestamp, 'Timestamp')),
  );
  await visit.sleepUntil(untilMs);
  return visit.leave(state, { fallback: visit.input });
}

/** RFC 3339 with an offset. AWS's sentence is known for TimestampPath only (recording test_wait_timestamppath). */
function timestampMs(visit: Visit, text: string): Promise<number> {
  return visit.guard(() => {
    const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text)
      ? Date.parse(text)
      : NaN;
    if (!Number.isNaN(ms)) return Promise.resolve(ms);
    throw new EvaluationFailed(
      'The Timestamp parameter does not reference a valid ISO-8601 extended offset date-time format string: ' +
        text,
      'Timestamp',
    );
  });
}
