// How is one recording analysed? Probe → [convert and watch | transcribe and measure the words] → finalize.
import type { AnalysisInput } from '../../domain/stage-io.ts';
import { defineMachine, task } from '../machine.ts';
import { pollRetryTable, retryTable } from './faults.ts';
import {
  convertVideo,
  finalizeRecord,
  measureText,
  probeRecording,
  readTranscription,
  startTranscription,
} from './stages.ts';

/** Without words a report is still made; this says why they are missing. */
const noWords = { hasTranscript: false, hasAssessment: false, problems: [] };

export const analyseInterview = defineMachine<AnalysisInput>()({
  Comment: 'Analyses one recorded practice answer',
  // No task loses its own time or a retry to it: every one of them with all its retries, and the transcript asked for
  // again and again for an hour, take 58,956 s at the very worst.
  TimeoutSeconds: 61_200,
  StartAt: 'ProbeRecording',
  States: {
    ProbeRecording: task(probeRecording, {
      Arguments: { objectKey: '{% $states.input.objectKey %}', sha256: '{% $states.input.sha256 %}' },
      Assign: {
        owner: {
          userId: '{% $states.input.userId %}',
          recordId: '{% $states.input.recordId %}',
          executionName: '{% $states.context.Execution.Name %}',
        },
        objectKey: '{% $states.input.objectKey %}',
        question: '{% $states.input.question %}',
        language: '{% $states.input.language %}',
        recording: '{% $states.result.recording %}',
        problems: '{% $states.result.problems %}',
      },
      TimeoutSeconds: 130,
      Retry: retryTable,
      Catch: [
        {
          ErrorEquals: ['States.ALL'],
          Assign: {
            owner: {
              userId: '{% $states.input.userId %}',
              recordId: '{% $states.input.recordId %}',
              executionName: '{% $states.context.Execution.Name %}',
            },
            failure: '{% $states.errorOutput %}',
          },
          Next: 'RecordFailure',
        },
      ],
      Next: 'Analyse',
    }),
    Analyse: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'ConvertVideo',
          States: {
            ConvertVideo: task(convertVideo, {
              Arguments: {
                owner: '{% $owner %}',
                objectKey: '{% $objectKey %}',
                recording: '{% $recording %}',
              },
              TimeoutSeconds: 910,
              Retry: retryTable,
              Catch: [
                {
                  ErrorEquals: ['States.ALL'],
                  Assign: { conversionFailure: '{% $states.errorOutput %}' },
                  Next: 'NotConverted',
                },
              ],
              End: true,
            }),
            NotConverted: {
              Type: 'Fail',
              Error: '{% $conversionFailure.Error %}',
              Cause: '{% $conversionFailure.Cause %}',
            },
          },
        },
        {
          StartAt: 'HasSound',
          States: {
            HasSound: {
              Type: 'Choice',
              Choices: [{ Condition: '{% $recording.audio = null %}', Next: 'NoSound' }],
              Default: 'StartTranscription',
            },
            NoSound: {
              Type: 'Pass',
              Output: { ...noWords, reason: 'the recording has no sound', failure: null },
              End: true,
            },
            StartTranscription: task(startTranscription, {
              Arguments: {
                jobName: '{% $owner.executionName %}',
                objectKey: '{% $objectKey %}',
                language: '{% $language %}',
              },
              Assign: { jobName: '{% $states.result.jobName %}', waitSeconds: 2 },
              TimeoutSeconds: 40,
              Retry: retryTable,
              Catch: [{ ErrorEquals: ['States.ALL'], Next: 'SpeechFailed' }],
              Next: 'ReadTranscription',
            }),
            ReadTranscription: task(readTranscription, {
              Arguments: { owner: '{% $owner %}', jobName: '{% $jobName %}' },
              TimeoutSeconds: 40,
              Retry: pollRetryTable,
              Catch: [{ ErrorEquals: ['States.ALL'], Next: 'SpeechFailed' }],
              Next: 'IsTranscribed',
            }),
            IsTranscribed: {
              Type: 'Choice',
              Choices: [
                { Condition: "{% $states.input.status = 'COMPLETED' %}", Next: 'MeasureText' },
                { Condition: "{% $states.input.status = 'UNAVAILABLE' %}", Next: 'NoTranscript' },
                // The waits double from 2 s to 64 s and stay there: 61 of them are about an hour.
                { Condition: '{% $waitSeconds > 64 * 60 %}', Next: 'SpeechTooSlow' },
              ],
              Default: 'AwaitTranscription',
            },
            AwaitTranscription: {
              Type: 'Wait',
              Seconds: '{% $min([$waitSeconds, 64]) %}',
              Assign: { waitSeconds: '{% $waitSeconds < 64 ? $waitSeconds * 2 : $waitSeconds + 64 %}' },
              Next: 'ReadTranscription',
            },
            NoTranscript: {
              Type: 'Pass',
              Output: { ...noWords, reason: '{% $states.input.reason %}', failure: null },
              End: true,
            },
            SpeechTooSlow: {
              Type: 'Pass',
              Output: { ...noWords, reason: 'speech to text took longer than an hour', failure: null },
              End: true,
            },
            SpeechFailed: {
              Type: 'Pass',
              Output: {
                ...noWords,
                reason: 'speech to text failed',
                failure: { Error: '{% $states.input.Error %}', Cause: '{% $states.input.Cause %}' },
              },
              End: true,
            },
            MeasureText: task(measureText, {
              Arguments: { owner: '{% $owner %}', question: '{% $question %}' },
              Output: {
                hasTranscript: true,
                hasAssessment: '{% $states.result.hasAssessment %}',
                reason: null,
                problems: '{% $states.result.problems %}',
                failure: null,
              },
              TimeoutSeconds: 310,
              Retry: retryTable,
              Catch: [
                { ErrorEquals: ['TemporaryFailure', 'ServiceRejected'], Next: 'NoModel' },
                {
                  ErrorEquals: ['States.ALL'],
                  Assign: { wordsFailure: '{% $states.errorOutput %}' },
                  Next: 'NotMeasured',
                },
              ],
              End: true,
            }),
            NoModel: {
              Type: 'Pass',
              Output: {
                hasTranscript: true,
                hasAssessment: false,
                reason: null,
                problems: [],
                failure: { Error: '{% $states.input.Error %}', Cause: '{% $states.input.Cause %}' },
              },
              End: true,
            },
            NotMeasured: {
              Type: 'Fail',
              Error: '{% $wordsFailure.Error %}',
              Cause: '{% $wordsFailure.Cause %}',
            },
          },
        },
      ],
      Assign: { conversion: '{% $states.result[0] %}', words: '{% $states.result[1] %}' },
      Catch: [
        {
          ErrorEquals: ['States.ALL'],
          Assign: { failure: '{% $states.errorOutput %}' },
          Next: 'RecordFailure',
        },
      ],
      Next: 'FinalizeRecord',
    },
    FinalizeRecord: task(finalizeRecord, {
      Arguments: {
        owner: '{% $owner %}',
        findings: {
          question: '{% $question %}',
          recording: '{% $recording %}',
          problems: '{% $problems %}',
          conversion: '{% $conversion %}',
          words: '{% $words %}',
        },
        failure: null,
      },
      TimeoutSeconds: 40,
      Retry: retryTable,
      Catch: [
        {
          ErrorEquals: ['States.ALL'],
          Assign: { failure: '{% $states.errorOutput %}' },
          Next: 'RecordFailure',
        },
      ],
      End: true,
    }),
    RecordFailure: task(finalizeRecord, {
      Arguments: { owner: '{% $owner %}', findings: null, failure: '{% $failure %}' },
      TimeoutSeconds: 40,
      Retry: retryTable,
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }],
      Next: 'Failed',
    }),
    Failed: { Type: 'Fail', Error: '{% $failure.Error %}', Cause: '{% $failure.Cause %}' },
  },
});
