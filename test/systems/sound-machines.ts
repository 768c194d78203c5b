// What may an author write? Machines that compile, each the sound twin of a fault in unsound-machines.ts.
import { defineMachine, type MatchableError, task } from '../../systems/machine.ts';
import type { Retrier } from '../../systems/asl.ts';
import { convert, finish, type Input, measure, poll, probe } from './stages.ts';

const retry: readonly Retrier<MatchableError>[] = [
  {
    ErrorEquals: ['TemporaryFailure', 'Lambda.TooManyRequestsException'],
    IntervalSeconds: 2,
    MaxAttempts: 3,
  },
];

/** Every kind of state, and every way for a value to travel. */
export const everyKind = defineMachine<Input>()({
  Comment: 'every kind of state',
  StartAt: 'Probe',
  TimeoutSeconds: 5000,
  States: {
    Probe: task(probe, {
      Arguments: { key: '{% $states.input.key %}' },
      Assign: {
        recording: '{% $states.result.recording %}',
        parts: '{% $states.input.parts %}',
        failure: null,
      },
      Output: { parts: '{% $states.input.parts %}' },
      TimeoutSeconds: 60,
      Retry: retry,
      Catch: [
        {
          ErrorEquals: ['States.ALL'],
          Next: 'Finish',
          Assign: { failure: '{% $states.errorOutput.Error %}', playbackKey: null, rates: null },
        },
      ],
      Next: 'HasVideo',
    }),
    HasVideo: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $exists($recording.video.width) %}', Next: 'Both', Assign: { attempt: 0 } },
        { Condition: '{% $recording.durationSeconds > 10 %}', Next: 'NotUsable' },
      ],
      Assign: { playbackKey: null, attempt: 1 },
      Default: 'Poll',
    },
    Both: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'Convert',
          States: {
            Convert: task(convert, {
              Arguments: {
                recording: '{% $recording %}',
                widthPixels: '{% $min([$recording.video.width, 1280]) %}',
              },
              TimeoutSeconds: 900,
              Retry: retry,
              Catch: [{ ErrorEquals: ['States.ALL'], Next: 'NoPlayback' }],
              End: true,
            }),
            NoPlayback: { Type: 'Pass', Output: { playbackKey: null }, End: true },
          },
        },
        {
          StartAt: 'EachPart',
          States: {
            EachPart: {
              Type: 'Map',
              Items: '{% $states.input.parts %}',
              ItemSelector: {
                name: '{% $states.context.Map.Item.Value.name %}',
                index: '{% $states.context.Map.Item.Index %}',
                of: '{% $states.context.Execution.Input.key %}',
              },
              ItemProcessor: {
                ProcessorConfig: { Mode: 'INLINE' },
                StartAt: 'Measure',
                States: {
                  Measure: task(measure, {
                    Arguments: { name: '{% $states.input.name %}', index: '{% $states.input.index %}' },
                    Output: '{% $states.result.rate %}',
                    TimeoutSeconds: 30,
                    Retry: retry,
                    Catch: [{ ErrorEquals: ['States.ALL'], Output: 0, Next: 'Measured' }],
                    Next: 'Measured',
                  }),
                  Measured: { Type: 'Succeed' },
                },
              },
              End: true,
            },
          },
        },
      ],
      Assign: {
        playbackKey: '{% $states.result[0].playbackKey %}',
        counted: '{% $count($states.result[1]) %}',
      },
      Next: 'Poll',
    },
    Poll: task(poll, {
      Arguments: { attempt: '{% $attempt %}' },
      Assign: {
        attempt: '{% $attempt + 1 %}',
        words: '{% $states.result.status = "DONE" ? $states.result.words %}',
      },
      TimeoutSeconds: 30,
      Retry: retry,
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Finish', Assign: { rates: null } }],
      Next: 'IsDone',
    }),
    IsDone: {
      Type: 'Choice',
      Choices: [
        { Condition: "{% $states.input.status = 'DONE' %}", Next: 'Finish', Assign: { rates: [1, 2] } },
        { Condition: '{% $attempt > 60 %}', Next: 'NotUsable' },
      ],
      Default: 'Pause',
    },
    Pause: { Type: 'Wait', Seconds: '{% $min([$attempt * 2, 20]) %}', Next: 'Poll' },
    Finish: task(finish, {
      Arguments: { playbackKey: '{% $playbackKey %}', rates: '{% $rates %}', failure: '{% $failure %}' },
      TimeoutSeconds: 30,
      Retry: retry,
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'NotUsable' }],
      End: true,
    }),
    NotUsable: {
      Type: 'Fail',
      Error: 'RecordingRejected',
      Cause: '{% "cannot use " & $string($states.input) %}',
    },
  },
});

/** Names that an expression binds itself are not reads; quoted text, calls and function names are not either. */
export const boundNames = defineMachine<Input>()({
  StartAt: 'Compute',
  TimeoutSeconds: 60,
  States: {
    Compute: {
      Type: 'Pass',
      Output: {
        price: "{% 'costs $five' & \"and $ten o'clock\" %}",
        bytes: '{% ($total := $sum($states.input.parts.sizeBytes); $total / 1024) %}',
        names: '{% $map($states.input.parts, function($part, $i) { $part.name & $string($i) }) %}',
        texts: '{% $map($states.input.parts.sizeBytes, $string) %}',
        first: '{% $states.input.parts[0].name %}',
        last: '{% $states.input.parts[-1].name %}',
        numbered: '{% $states.input.parts#$n.{ "n": $n, "name": name } %}',
        filtered: '{% $states.input.parts[sizeBytes > 9]#$at.{ "at": $at } %}',
        recursive: '{% ($f := function($n) { $n > 9 ? $n : $f($n + 1) }; $f(1)) %}',
        asked: '{% $exists($states.input.question) ? $states.input.question : null %}',
        long: '{% $states.input.key & " is a recording of " & $string($count($states.input.parts)) & " parts, the first of which is " & $states.input.parts[0].name & " and has " & $string($states.input.parts[0].sizeBytes) & " bytes, so that " & $states.input.key & " is long; this text is here to be longer than any expression that somebody would write by hand: " & $join($states.input.parts.name, ", ") & "." %}',
      },
      End: true,
    },
  },
});

/** A Task without a stage: its result is not known, so any path is let through, and its service's errors match. */
export const rawTask = defineMachine<Input>()({
  StartAt: 'Head',
  TimeoutSeconds: 200,
  States: {
    Head: {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:s3:headObject',
      Arguments: { Bucket: 'b', Key: '{% $states.input.key %}' },
      Assign: { size: '{% $states.result.ContentLength %}', tag: '{% $states.result.A.B[3].C %}' },
      TimeoutSeconds: 10,
      Retry: [{ ErrorEquals: ['S3.SlowDownException', 'States.Timeout'] }],
      Catch: [
        { ErrorEquals: ['States.ALL'], Next: 'Probe', Assign: { size: 0 }, Output: '{% $states.input %}' },
      ],
      Output: '{% $states.input %}',
      Next: 'Probe',
    },
    Probe: task(probe, {
      Arguments: { key: '{% $states.input.key %}', hint: '{% "of size " & $string($size) %}' },
      TimeoutSeconds: 10,
      Retry: retry,
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Stop' }],
      End: true,
    }),
    Stop: { Type: 'Fail', Error: 'InternalError' },
  },
});
