// What does not compile? One fault per machine; the sentence behind each directive is the end of the compiler's message.
import { defineMachine, task } from '../../systems/machine.ts';
import { convert, finish, type Input, measure, poll, probe, type Recording } from './stages.ts';

const machine = defineMachine<Input>();
const end = { TimeoutSeconds: 5, End: true } as const;
const startWith = { StartAt: 'Probe', TimeoutSeconds: 99 } as const;

/** The machines by the fact that the compiler holds; each has exactly one directive. */
export const unsoundMachines = {
  'Next names a state of the same scope': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe goes to Convrt, which is not a state here
      Probe: { Type: 'Pass', Next: 'Convrt' },
    },
  }),
  'Default names a state': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe goes to Nowhere, which is not a state here
      Probe: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Done' }], Default: 'Nowhere' },
      Done: { Type: 'Succeed' },
    },
  }),
  'a rule of a Choice names a state': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe goes to Nowhere, which is not a state here
      Probe: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Nowhere' }], Default: 'Done' },
      Done: { Type: 'Succeed' },
    },
  }),
  'a Catch names a state': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe goes to Nowhere, which is not a state here
      Probe: task(probe, {
        Arguments: { key: 'k' },
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Nowhere' }],
        ...end,
      }),
    },
  }),
  'StartAt names a state': machine({
    // @ts-expect-error it starts at Start, which is not a state here
    StartAt: 'Start',
    TimeoutSeconds: 9,
    States: { Probe: { Type: 'Succeed' } },
  }),
  'a branch does not jump out of itself': machine({
    ...startWith,
    States: {
      Probe: {
        Type: 'Parallel',
        // @ts-expect-error Inside goes to Done, which is not a state here
        Branches: [{ StartAt: 'Inside', States: { Inside: { Type: 'Pass', Next: 'Done' } } }],
        Next: 'Done',
      },
      Done: { Type: 'Succeed' },
    },
  }),
  'a JSONPath field is refused': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe has the field ResultPath, which a Pass does not have
      Probe: { Type: 'Pass', ResultPath: '$.x', End: true },
    },
  }),
  'a misspelt field is refused': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe has the field TimeoutSecond, which a Task does not have
      Probe: task(probe, { Arguments: { key: 'k' }, TimeoutSecond: 3, End: true }),
    },
  }),
  'a state has a way out': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe does not say what follows: it needs Next or End
      Probe: { Type: 'Pass' },
    },
  }),
  'Next and End exclude each other': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe has both Next and End
      Probe: { Type: 'Pass', Next: 'Done', End: true },
      Done: { Type: 'Succeed' },
    },
  }),
  'every state can be reached': machine({
    ...startWith,
    States: {
      Probe: { Type: 'Succeed' },
      // @ts-expect-error Island cannot be reached from Probe
      Island: { Type: 'Succeed' },
    },
  }),
  'a Catch matches only errors that exist': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe matches the error RecordingRefused, which nothing throws
      Probe: task(probe, {
        Arguments: { key: 'k' },
        Catch: [{ ErrorEquals: ['RecordingRefused'], Next: 'Done' }],
        ...end,
      }),
      Done: { Type: 'Succeed' },
    },
  }),
  'a Retry matches only errors that exist': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe matches the error States.Timout, which nothing throws
      Probe: task(probe, { Arguments: { key: 'k' }, Retry: [{ ErrorEquals: ['States.Timout'] }], ...end }),
    },
  }),
  'a variable is assigned somewhere': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe reads $key, but no state assigns $key
      Probe: task(probe, { Arguments: { key: '{% $key %}' }, ...end }),
    },
  }),
  'a variable is not yet there in the state that assigns it': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe reads $n, but not every path to Probe assigns $n
      Probe: { Type: 'Pass', Assign: { n: '{% $n + 1 %}' }, Next: 'Probe2' },
      Probe2: { Type: 'Pass', Output: '{% $n %}', End: true },
    },
  }),
  'a variable is assigned on every path of a Choice': machine({
    ...startWith,
    States: {
      Probe: {
        Type: 'Choice',
        Choices: [{ Condition: true, Next: 'Use', Assign: { n: 1 } }],
        Default: 'Use',
      },
      // @ts-expect-error Use reads $n, but not every path to Use assigns $n
      Use: { Type: 'Pass', Output: { n: '{% $n %}' }, End: true },
    },
  }),
  'a Catch carries nothing of what the Task assigns': machine({
    ...startWith,
    States: {
      Probe: task(probe, {
        Arguments: { key: 'k' },
        Assign: { recording: '{% $states.result.recording %}' },
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Use' }],
        Next: 'Use',
      }),
      // @ts-expect-error Use reads $recording.key, but not every path to Use assigns $recording
      Use: { Type: 'Pass', Output: '{% $recording.key & "!" %}', End: true },
    },
  }),
  'outer states do not see what a branch assigns': machine({
    ...startWith,
    States: {
      Probe: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'Set',
            States: { Set: { Type: 'Pass', Assign: { n: 1 }, Next: 'Set2' }, Set2: { Type: 'Succeed' } },
          },
        ],
        Next: 'Use',
      },
      // @ts-expect-error Use reads $n, but no state assigns $n
      Use: { Type: 'Pass', Output: '{% $n %}', End: true },
    },
  }),
  'a branch does not assign a variable of the outer scope': machine({
    ...startWith,
    States: {
      Probe: { Type: 'Pass', Assign: { n: 1 }, Next: 'Both' },
      Both: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'Set',
            // @ts-expect-error Set assigns $n, which an outer state already assigns
            States: { Set: { Type: 'Pass', Assign: { n: 2 }, End: true } },
          },
        ],
        End: true,
      },
    },
  }),
  'a variable has the fields of what it was assigned': machine({
    ...startWith,
    States: {
      Probe: task(probe, {
        Arguments: { key: 'k' },
        Assign: { recording: '{% $states.result.recording %}' },
        Next: 'Use',
      }),
      // @ts-expect-error Use reads $recording.durationMs, which no earlier state produces
      Use: { Type: 'Pass', Output: '{% $recording.durationMs / 1000 %}', End: true },
    },
  }),
  'the input of the machine has only its own fields': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe reads $states.input.bucket, which no earlier state produces
      Probe: { Type: 'Pass', Output: '{% $states.input.bucket %}', End: true },
    },
  }),
  'the input of a state is what the one before returns': machine({
    ...startWith,
    States: {
      Probe: task(probe, { Arguments: { key: 'k' }, Next: 'Pause' }),
      Pause: { Type: 'Wait', Seconds: 1, Next: 'Use' },
      // @ts-expect-error Use reads $states.input.key, which no earlier state produces
      Use: { Type: 'Pass', Output: '{% $states.input.key %}', End: true },
    },
  }),
  'Output takes the place of the input': machine({
    ...startWith,
    States: {
      Probe: { Type: 'Pass', Output: { name: '{% $states.input.key %}' }, Next: 'Use' },
      // @ts-expect-error Use reads $states.input.key, which no earlier state produces
      Use: { Type: 'Pass', Output: '{% $states.input.key %}', End: true },
    },
  }),
  'a Catch hands on the error and not the input': machine({
    ...startWith,
    States: {
      Probe: task(probe, {
        Arguments: { key: 'k' },
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Use' }],
        ...end,
      }),
      // @ts-expect-error Use reads $states.input.key, which no earlier state produces
      Use: { Type: 'Pass', Output: '{% $states.input.key %}', End: true },
    },
  }),
  'a result has the fields that the stage returns': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe reads $states.result.recordings, which no earlier state produces
      Probe: task(probe, {
        Arguments: { key: 'k' },
        Assign: { recording: '{% $states.result.recordings %}' },
        ...end,
      }),
    },
  }),
  'a Parallel has as many results as branches': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe reads $states.result.1.x, which no earlier state produces
      Probe: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'A', States: { A: { Type: 'Pass', Output: { x: 1 }, End: true } } }],
        Output: '{% $states.result[1].x %}',
        End: true,
      },
    },
  }),
  'Arguments cannot read the result': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe reads $states.result.recording.key, which does not exist at this place
      Probe: task(probe, { Arguments: { key: '{% $states.result.recording.key & "" %}' }, ...end }),
    },
  }),
  'errorOutput exists in a Catch only': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe reads $states.errorOutput.Error, which does not exist at this place
      Probe: task(probe, { Arguments: { key: 'k' }, Output: '{% $states.errorOutput.Error %}', ...end }),
    },
  }),
  'an item has the fields of the list that a Map runs over': machine({
    ...startWith,
    States: {
      Probe: {
        Type: 'Map',
        Items: '{% $states.input.parts %}',
        ItemProcessor: {
          StartAt: 'Each',
          // @ts-expect-error Each reads $states.input.seconds, which no earlier state produces
          States: { Each: { Type: 'Pass', Output: '{% $states.input.seconds %}', End: true } },
        },
        End: true,
      },
    },
  }),
  'every argument is given': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe does not pass index, which its stage needs
      Probe: task(measure, { Arguments: { name: 'a' }, ...end }),
    },
  }),
  'no argument is given that the stage does not take': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe passes bucket, which its stage does not take
      Probe: task(probe, { Arguments: { key: 'k', bucket: 'b' }, ...end }),
    },
  }),
  'a path that is passed has the type that the stage takes': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe passes index of a type that its stage does not take
      Probe: task(measure, { Arguments: { name: 'a', index: '{% $states.input.key %}' }, ...end }),
    },
  }),
  'a constant that is passed has the type that the stage takes': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe passes attempt of a type that its stage does not take
      Probe: task(poll, { Arguments: { attempt: 'first' }, ...end }),
    },
  }),
  'a value that may be missing is not passed on': machine({
    ...startWith,
    States: {
      // @ts-expect-error Probe passes on $states.input.question, which may be missing
      Probe: task(probe, { Arguments: { key: 'k', hint: '{% $states.input.question %}' }, ...end }),
    },
  }),
  'a variable has the type of every assignment that can reach the state': defineMachine<{
    recording: Recording;
  }>()({
    StartAt: 'Convert',
    TimeoutSeconds: 99,
    States: {
      Convert: task(convert, {
        Arguments: { recording: '{% $states.input.recording %}', widthPixels: 640 },
        Assign: { playbackKey: '{% $states.result.playbackKey %}' },
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Finish', Assign: { playbackKey: 0 } }],
        Next: 'Finish',
      }),
      // @ts-expect-error Finish passes playbackKey of a type that its stage does not take
      Finish: task(finish, {
        Arguments: { playbackKey: '{% $playbackKey %}', rates: null, failure: null },
        ...end,
      }),
    },
  }),
};
