// How far is an analysis, and how long will it take? Read from what its state machine has done so far.
import type { Progress } from './api/shapes.ts';
import { isTerminal, type Record } from './record.ts';
import { recordedSeconds } from './run/recorded-seconds.ts';
import type { ExecutionRun } from './run/execution-run.ts';
import { visitsOf, type Visit } from './run/visits.ts';

interface Part {
  readonly step: Progress['step'];
  /** States during which the part goes on; it begins with the first of them. */
  readonly states: readonly string[];
  /** States that show that it is over, or was left out. */
  readonly followers: readonly string[];
  /** Share of the whole; together 1. */
  readonly weight: number;
  /** About how long it takes for a recording of so many seconds. */
  readonly expectedSeconds: (recordedSeconds: number) => number;
}

/** Whichever way an analysis ends, it ends here. */
const endings = ['FinalizeRecord', 'RecordFailure', 'Failed'];

/**
 * Of the CPU time of an analysis four fifths are the one FFmpeg process, and nearly all the rest of it the conversion's
 * too (docs/performance.md); speech to text runs beside it, and is shorter or longer by the service. Half an hour of
 * 720p took 12 min on two busy cores; a minute of sound takes a recogniser about 20 s.
 */
const parts: readonly Part[] = [
  {
    step: 'CHECKING',
    states: ['ProbeRecording'],
    followers: ['Analyse', ...endings],
    weight: 0.05,
    expectedSeconds: (seconds) => 2 + seconds / 300,
  },
  {
    step: 'CONVERTING',
    states: ['ConvertVideo'],
    followers: ['NotConverted', ...endings],
    weight: 0.6,
    expectedSeconds: (seconds) => 4 + seconds * 0.4,
  },
  {
    step: 'TRANSCRIBING',
    states: ['StartTranscription', 'ReadTranscription', 'IsTranscribed', 'AwaitTranscription'],
    followers: ['NoSound', 'NoTranscript', 'SpeechTooSlow', 'SpeechFailed', 'MeasureText', ...endings],
    weight: 0.25,
    expectedSeconds: (seconds) => 10 + seconds / 3,
  },
  {
    step: 'ASSESSING',
    states: ['MeasureText'],
    followers: [
      'NoSound',
      'NoTranscript',
      'SpeechTooSlow',
      'SpeechFailed',
      'NoModel',
      'NotMeasured',
      ...endings,
    ],
    weight: 0.06,
    expectedSeconds: () => 8,
  },
  {
    step: 'FINISHING',
    states: ['FinalizeRecord', 'RecordFailure'],
    followers: ['Failed'],
    weight: 0.04,
    expectedSeconds: () => 2,
  },
];

/** States by name for which progress is told; a test holds that the machine has them all. */
export const statesOfProgress: readonly string[] = [
  ...new Set(parts.flatMap(({ states, followers }) => [...states, ...followers])),
];

/** What a task says of itself is about its FFmpeg process; checks and uploads come after it. */
const shareOfOwnWord = 0.85;
/** Where an estimate from the clock ends: it never says that something is done. */
const mostByTheClock = 0.8;

const isTry = ({ type }: { readonly type: string }): boolean => type.endsWith('Scheduled');

interface Standing {
  readonly part: Part;
  /** 0–1; never falls while the events only grow and time only passes. */
  readonly fraction: number;
  readonly isGoingOn: boolean;
  /** The fraction by the task's own word, from which its speed can be told; `null` when it says nothing. */
  readonly own: number | null;
  /** Since its beginning; 0 before. */
  readonly elapsedSeconds: number;
}

/** What the task says of itself; `null` for a part of several tasks, and for one that was tried again. */
function ownWord({ states }: Part, visit: Visit, run: ExecutionRun): number | null {
  if (states.length > 1 || visit.events.filter(isTry).length > 1) return null;
  const own = Object.hasOwn(run.fractions, visit.state) ? run.fractions[visit.state] : undefined;
  return own === undefined ? null : Math.min(Math.max(own, 0), 1) * shareOfOwnWord;
}

/** A second try begins again, but what was shown is not taken back. */
const wasRetried = ({ states }: Part, visit: Visit): boolean =>
  states.length === 1 && visit.events.filter(isTry).length > 1;

function standingOf(part: Part, run: ExecutionRun, known: Known): Standing {
  const first = known.visits.find(({ state }) => part.states.includes(state));
  const isOver =
    known.visits.some(({ state }) => part.followers.includes(state)) ||
    (part.states.length === 1 && first?.exited != null);
  if (isOver || !first)
    return { part, fraction: isOver ? 1 : 0, isGoingOn: false, own: null, elapsedSeconds: 0 };
  const elapsedSeconds = Math.max(0, (known.now.getTime() - Date.parse(first.entered.timestamp)) / 1000);
  // Without a length of the recording nothing is expected, and the clock says nothing.
  const byTheClock =
    known.seconds === null
      ? 0
      : mostByTheClock * (1 - Math.exp(-elapsedSeconds / part.expectedSeconds(known.seconds)));
  const own = ownWord(part, first, run);
  const floor = wasRetried(part, first) ? shareOfOwnWord : 0;
  const fraction = Math.max(own ?? floor, byTheClock);
  return { part, fraction, isGoingOn: true, own, elapsedSeconds };
}

interface Known {
  readonly visits: readonly Visit[];
  readonly now: Date;
  /** Length of the recording; `null` before it was looked at. */
  readonly seconds: number | null;
}

/** By its own speed so far where that says something, else by what is usual. */
function secondsLeftOf(standing: Standing, seconds: number): number {
  const { part, fraction, isGoingOn, own, elapsedSeconds } = standing;
  if (fraction === 1) return 0;
  const expected = part.expectedSeconds(seconds);
  if (!isGoingOn) return expected;
  const usual = Math.max(expected - elapsedSeconds, expected / 10);
  return own !== null && own > 0.05 && elapsedSeconds > 2
    ? Math.min((elapsedSeconds * (1 - own)) / own, 10 * expected)
    : usual;
}

/** The conversion goes on beside the words; what is longer counts. */
function secondsLeft(standings: readonly Standing[], { seconds }: Known): number | null {
  if (seconds === null) return null;
  const left = (step: Progress['step']): number => {
    const standing = standings.find(({ part }) => part.step === step);
    return standing ? secondsLeftOf(standing, seconds) : 0;
  };
  const beside = Math.max(left('CONVERTING'), left('TRANSCRIBING') + left('ASSESSING'));
  return Math.ceil(left('CHECKING') + beside + left('FINISHING'));
}

/** What is said before the state machine has begun. */
const queuedPercent = 1;

const roundTo = (value: number): number => Math.round(value * 10) / 10;

/**
 * The progress of a record by its execution (`null` while there is none, and for none). In one execution `percent`
 * never falls as long as its history grows, time passes, and no task takes its own word back without another try.
 */
export function progressOf({
  record,
  run,
  now,
}: {
  readonly record: Pick<Record, 'status'>;
  readonly run: ExecutionRun | null;
  readonly now: Date;
}): Progress {
  if (isTerminal(record.status)) return { step: 'DONE', percent: 100, secondsLeft: 0 };
  if (record.status === 'UPLOADING') return { step: 'UPLOADING', percent: 0, secondsLeft: null };
  if (run && run.summary.status !== 'RUNNING') return { step: 'DONE', percent: 100, secondsLeft: 0 };
  const visits = visitsOf(run?.events ?? []);
  if (!run || visits.length === 0) return { step: 'QUEUED', percent: queuedPercent, secondsLeft: null };
  const known = { visits, now, seconds: recordedSeconds(visits) };
  const standings = parts.map((part) => standingOf(part, run, known));
  const done = standings.reduce((sum, { part, fraction }) => sum + part.weight * fraction, 0);
  // Between two states nothing goes on; then it is what comes next.
  const current =
    standings.findLast(({ isGoingOn }) => isGoingOn) ?? standings.find(({ fraction }) => fraction < 1);
  const step = current?.part.step ?? 'FINISHING';
  // 100 is for what has ended.
  const percent = roundTo(queuedPercent + (99 - queuedPercent) * Math.min(done, 1));
  return { step, percent, secondsLeft: secondsLeft(standings, known) };
}
