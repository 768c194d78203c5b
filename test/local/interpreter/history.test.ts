// Does a history agree with what AWS records, event by event? Each row names the recording its facts come from:
// LocalStack's snapshots of AWS (tests/aws/services/stepfunctions/v2) or floci's measurements in us-east-1.

import { expect } from 'chai';
import { failure, lambda, lines, machine, run, scope } from './support.ts';
import type { RunOptions } from '../../../local/interpreter/run-execution.ts';

interface Row {
  readonly fact: string;
  readonly definition: unknown;
  readonly options?: Partial<RunOptions>;
  readonly events: readonly string[];
}

const never: RunOptions['invoke'] = ({ signal }) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
const fails: RunOptions['invoke'] = () => Promise.reject(failure('Broken', 'why'));
const fail = { Type: 'Fail', Error: 'MyError', Cause: 'my cause' };
const task = { Type: 'Task', Resource: lambda, End: true };
const pass = { Type: 'Pass', End: true };
const missing = { Type: 'Pass', Output: { v: '{% $states.input.missing %}' }, End: true };
const parallel = (states: object, more: object = {}) => ({
  Type: 'Parallel',
  Branches: [scope({ ...states })],
  ...('Next' in more ? {} : { End: true }),
  ...more,
});
const map = (states: object, more: object = {}) => ({
  Type: 'Map',
  Items: [1, 2],
  ItemProcessor: scope({ ...states }),
  ...('Next' in more ? {} : { End: true }),
  ...more,
});

const rows: readonly Row[] = [
  {
    fact: 'the first state points at nothing (base of every recording)',
    definition: machine({ A: pass }),
    events: ['1<0 ExecutionStarted', '2<0 PassStateEntered', '3<2 PassStateExited', '4<3 ExecutionSucceeded'],
  },
  {
    fact: 'a service task is scheduled, started and settled (test_task_service_lambda)',
    definition: machine({ T: task }),
    events: [
      '1<0 ExecutionStarted',
      '2<0 TaskStateEntered',
      '3<2 TaskScheduled',
      '4<3 TaskStarted',
      '5<4 TaskSucceeded',
      '6<5 TaskStateExited',
      '7<6 ExecutionSucceeded',
    ],
  },
  {
    fact: 'a function ARN leaves LambdaFunction events, a retry its own triple (test_lambda_invoke_with_retry_base)',
    definition: machine({
      T: {
        Type: 'Task',
        Resource: 'arn:aws:lambda:us-east-1:000000000000:function:f',
        Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }],
        End: true,
      },
    }),
    options: { invoke: fails },
    events: [
      '1<0 ExecutionStarted',
      '2<0 TaskStateEntered',
      '3<2 LambdaFunctionScheduled',
      '4<3 LambdaFunctionStarted',
      '5<4 LambdaFunctionFailed',
      '6<5 LambdaFunctionScheduled',
      '7<6 LambdaFunctionStarted',
      '8<7 LambdaFunctionFailed',
      '9<8 ExecutionFailed',
    ],
  },
  {
    fact: 'an activity leaves Activity events (test_activity_task)',
    definition: machine({
      T: { Type: 'Task', Resource: 'arn:aws:states:us-east-1:000000000000:activity:a', End: true },
    }),
    events: [
      '1<0 ExecutionStarted',
      '2<0 TaskStateEntered',
      '3<2 ActivityScheduled',
      '4<3 ActivityStarted',
      '5<4 ActivitySucceeded',
      '6<5 TaskStateExited',
      '7<6 ExecutionSucceeded',
    ],
  },
  {
    fact: 'iterations one after the other take over from the last state, not from MapIterationSucceeded (test_base_map)',
    definition: machine({ M: map({ I: pass }, { MaxConcurrency: 1 }) }),
    events: [
      '1<0 ExecutionStarted',
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<3 MapIterationStarted',
      '5<4 PassStateEntered',
      '6<5 PassStateExited',
      '7<6 MapIterationSucceeded',
      '8<6 MapIterationStarted',
      '9<8 PassStateEntered',
      '10<9 PassStateExited',
      '11<10 MapIterationSucceeded',
      '12<11 MapStateSucceeded',
      '13<11 MapStateExited',
      '14<13 ExecutionSucceeded',
    ],
  },
  {
    fact: 'a Map over nothing exits from its started event (floci, mapOverNoItems)',
    definition: machine({ M: map({ I: pass }, { Items: [] }) }),
    events: [
      '1<0 ExecutionStarted',
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<3 MapStateSucceeded',
      '5<3 MapStateExited',
      '6<5 ExecutionSucceeded',
    ],
  },
  {
    fact: 'a retried Map starts again from where it failed, and fails once (test_map_state_retry_multiple_retriers)',
    definition: machine({
      M: map({ F: fail }, { Items: [1], Retry: [{ ErrorEquals: ['MyError'], MaxAttempts: 1 }] }),
    }),
    events: [
      '1<0 ExecutionStarted',
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<3 MapIterationStarted',
      '5<4 FailStateEntered',
      '6<5 MapIterationFailed',
      '7<5 MapStateStarted',
      '8<7 MapIterationStarted',
      '9<8 FailStateEntered',
      '10<9 MapIterationFailed',
      '11<9 MapStateFailed',
      '12<11 ExecutionFailed',
    ],
  },
  {
    fact: 'tasks of a Map are all scheduled before the first starts; a timeout aborts them all (test_service_lambda_map_timeout)',
    definition: machine({ M: map({ T: { ...task, TimeoutSeconds: 5 } }) }),
    options: { invoke: never },
    events: [
      '1<0 ExecutionStarted',
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<3 MapIterationStarted',
      '5<3 MapIterationStarted',
      '6<4 TaskStateEntered',
      '7<6 TaskScheduled',
      '8<5 TaskStateEntered',
      '9<8 TaskScheduled',
      '10<7 TaskStarted',
      '11<9 TaskStarted',
      '12<10 TaskTimedOut',
      '13<11 TaskTimedOut',
      '14<12 MapIterationFailed',
      '15<12 TaskStateAborted',
      '16<12 MapIterationAborted',
      '17<12 TaskStateAborted',
      '18<12 MapStateFailed',
      '19<18 ExecutionFailed',
    ],
  },
  {
    fact: 'a Parallel goes on from the last event of a branch (test_parallel_state, floci)',
    definition: machine({ P: parallel({ A: pass }) }),
    events: [
      '1<0 ExecutionStarted',
      '2<0 ParallelStateEntered',
      '3<2 ParallelStateStarted',
      '4<3 PassStateEntered',
      '5<4 PassStateExited',
      '6<5 ParallelStateSucceeded',
      '7<5 ParallelStateExited',
      '8<7 ExecutionSucceeded',
    ],
  },
  {
    fact: 'a caught Parallel exits from its failed event (test_parallel_state_catch)',
    definition: machine({
      P: parallel({ F: fail }, { Catch: [{ ErrorEquals: ['MyError'], Next: 'After' }] }),
      After: pass,
    }),
    events: [
      '1<0 ExecutionStarted',
      '2<0 ParallelStateEntered',
      '3<2 ParallelStateStarted',
      '4<3 FailStateEntered',
      '5<4 ParallelStateFailed',
      '6<5 ParallelStateExited',
      '7<6 PassStateEntered',
      '8<7 PassStateExited',
      '9<8 ExecutionSucceeded',
    ],
  },
  {
    fact: 'a task that ends a branch is recorded as aborted (floci, taskFailureEndingABranch)',
    definition: machine({
      P: parallel({ T: task }, { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'After' }] }),
      After: pass,
    }),
    options: { invoke: fails },
    events: [
      '1<0 ExecutionStarted',
      '2<0 ParallelStateEntered',
      '3<2 ParallelStateStarted',
      '4<3 TaskStateEntered',
      '5<4 TaskScheduled',
      '6<5 TaskStarted',
      '7<6 TaskFailed',
      '8<7 TaskStateAborted',
      '9<7 ParallelStateFailed',
      '10<9 ParallelStateExited',
      '11<10 PassStateEntered',
      '12<11 PassStateExited',
      '13<12 ExecutionSucceeded',
    ],
  },
  {
    fact: 'a failing expression is an event of its own in a branch (floci, caughtBranchFailure)',
    definition: machine({ P: parallel({ U: missing }) }),
    events: [
      '1<0 ExecutionStarted',
      '2<0 ParallelStateEntered',
      '3<2 ParallelStateStarted',
      '4<3 PassStateEntered',
      '5<4 EvaluationFailed',
      '6<5 ParallelStateFailed',
      '7<6 ExecutionFailed',
    ],
  },
  {
    fact: "a catcher's own failing expression is recorded from before the failed event (floci, catchClauseOutputFailure)",
    definition: machine({
      P: parallel(
        { F: fail },
        { Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.input.missing %}', Next: 'After' }] },
      ),
      After: pass,
    }),
    events: [
      '1<0 ExecutionStarted',
      '2<0 ParallelStateEntered',
      '3<2 ParallelStateStarted',
      '4<3 FailStateEntered',
      '5<4 ParallelStateFailed',
      '6<4 EvaluationFailed',
      '7<6 ParallelStateFailed',
      '8<7 ExecutionFailed',
    ],
  },
  {
    fact: 'Items that cannot be evaluated fail the Map before it starts (floci, mapItemsExpressionFailure)',
    definition: machine({ M: map({ I: pass }, { Items: '{% $states.input.missing %}' }) }),
    events: [
      '1<0 ExecutionStarted',
      '2<0 MapStateEntered',
      '3<2 EvaluationFailed',
      '4<3 MapStateFailed',
      '5<4 ExecutionFailed',
    ],
  },
  {
    fact: 'States.Runtime in a branch closes the execution with no failed events (floci, runtimeErrorInABranch)',
    definition: machine({
      P: parallel(
        { C: { Type: 'Choice', Choices: [{ Condition: false, Next: 'D' }] }, D: pass },
        { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'After' }] },
      ),
      After: pass,
    }),
    events: [
      '1<0 ExecutionStarted',
      '2<0 ParallelStateEntered',
      '3<2 ParallelStateStarted',
      '4<3 ChoiceStateEntered',
      '5<4 ExecutionFailed',
    ],
  },
  {
    fact: 'a distributed Map names its run and keeps its children to itself (test_map_state_config_distributed_item_selector)',
    definition: machine({
      M: map(
        {},
        {
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            ...scope({ I: pass }),
          },
        },
      ),
    }),
    events: [
      '1<0 ExecutionStarted',
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<3 MapRunStarted',
      '5<4 MapRunSucceeded',
      '6<5 MapStateSucceeded',
      '7<5 MapStateExited',
      '8<7 ExecutionSucceeded',
    ],
  },
  {
    fact: "the machine's own timeout points at nothing (floci, TimeoutSeconds)",
    definition: machine({ W: { Type: 'Wait', Seconds: 10, End: true } }, { TimeoutSeconds: 5 }),
    events: ['1<0 ExecutionStarted', '2<0 WaitStateEntered', '3<0 ExecutionTimedOut'],
  },
];

describe('the history', () => {
  for (const { fact, definition, options, events } of rows) {
    it(`agrees: ${fact}`, async () => {
      const { history } = await run(definition, options);
      expect(lines(history)).to.deep.equal(events);
    });
  }

  it('aborts a sibling that waits, the branch of the failure first', async () => {
    const { history } = await run(
      machine({
        P: {
          Type: 'Parallel',
          Branches: [
            scope({ W: { Type: 'Wait', Seconds: 100, End: true } }),
            scope({
              Q: {
                Type: 'Parallel',
                Branches: [scope({ V: { Type: 'Wait', Seconds: 50, End: true } })],
                End: true,
              },
            }),
            scope({ X: { Type: 'Wait', Seconds: 1, Next: 'F' }, F: fail }),
          ],
          End: true,
        },
      }),
    );
    expect(lines(history).slice(9)).to.deep.equal([
      '10<9 FailStateEntered',
      '11<10 WaitStateAborted',
      '12<10 ParallelStateAborted',
      '13<10 WaitStateAborted',
      '14<10 ParallelStateFailed',
      '15<14 ExecutionFailed',
    ]);
  });
});
