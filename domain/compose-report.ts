// How do the findings of all stages become one report?
import type { Assessment } from './assessment.ts';
import { assessByRules } from './assessment-rules/assess-by-rules.ts';
import { audioFigures } from './audio-metrics.ts';
import { problemOf } from './failure.ts';
import { derivedNames, type DerivedName } from './ids.ts';
import { labelsFigure } from './labels-figure.ts';
import type { Measurements } from './measurements.ts';
import type { SeenLabels } from './picture-labels.ts';
import type { Recording } from './recording.ts';
import { reportVersion, type Files, type Problem, type Report } from './report.ts';
import type { Owner, StageIo, Words } from './stage-io.ts';
import { articulationRate, textFigures, type TextFigures } from './text-metrics/text-figures.ts';
import type { Transcript } from './transcript.ts';
import { videoFigures } from './video-metrics.ts';

export interface Findings {
  readonly owner: Owner;
  readonly question: string | null;
  readonly createdAt: Date;
  readonly recording: Recording;
  readonly problems: readonly Problem[];
  readonly conversion: StageIo['convert']['out'];
  readonly measurements: Measurements;
  /** What a service saw in the picture; `null` when none looked, or it failed. */
  readonly labels: SeenLabels | null;
  readonly words: Words;
  readonly transcript: Transcript | null;
  readonly textFigures: TextFigures | null;
  /** What a language model wrote; without it local rules judge. */
  readonly assessment: Assessment | null;
}

const when = (present: boolean, name: DerivedName): string | null => (present ? derivedNames[name] : null);

function filesOf({ conversion, transcript }: Findings): Files {
  return {
    playback: derivedNames.playback,
    poster: when(conversion.poster !== null, 'poster'),
    posterWebp: when(conversion.poster !== null, 'posterWebp'),
    storyboard: when(conversion.storyboard !== null, 'storyboard'),
    storyboardVtt: when(conversion.storyboard !== null, 'storyboardVtt'),
    speech: when(conversion.hasSpeechFile, 'speech'),
    captions: when(transcript !== null, 'captions'),
  };
}

function figuresOf(findings: Findings): Report['figures'] {
  const { measurements, labels, transcript, words, recording, conversion } = findings;
  const { audio } = measurements;
  const text =
    findings.textFigures && transcript
      ? // The words branch ran beside the conversion and did not know the silences yet.
        { ...findings.textFigures, articulationRate: articulationRate(transcript, audio) }
      : textFigures({ transcript: null, reason: words.reason ?? 'there is no transcript', audio });
  return {
    ...videoFigures(measurements, recording.durationSeconds),
    ...labelsFigure(measurements, labels, conversion.labels.problem),
    ...audioFigures(audio, recording.durationSeconds, measurements.audioReason),
    ...text,
  };
}

/** Speech to text or the language model failed; the report is made without it. */
function wordsProblem(hasTranscript: boolean, failure: NonNullable<Words['failure']>): Problem {
  const { code, message } = problemOf(failure, ['ServiceRejected']);
  const lost = hasTranscript
    ? 'The language model failed and local rules took its place.'
    : 'Speech to text failed and there is no transcript.';
  return { code, message: `${lost} ${message}` };
}

/** The report of one analysis. Whoever reads the same findings composes the same report. */
export function composeReport(findings: Findings): Report {
  const { conversion, transcript, words } = findings;
  const figures = figuresOf(findings);
  const problems = [
    ...findings.problems,
    ...conversion.problems,
    ...(conversion.labels.problem ? [conversion.labels.problem] : []),
    ...words.problems,
    ...(words.failure ? [wordsProblem(words.hasTranscript, words.failure)] : []),
  ];
  const byRules = findings.assessment
    ? { assessment: findings.assessment }
    : assessByRules({ question: findings.question, transcript, figures });
  return {
    version: reportVersion,
    recordId: findings.owner.recordId,
    status: problems.length === 0 ? 'SUCCEEDED' : 'PARTIAL',
    problems,
    createdAt: findings.createdAt.toISOString(),
    question: findings.question,
    recording: findings.recording,
    playback: conversion.playback,
    storyboard: conversion.storyboard,
    poster: conversion.poster,
    files: filesOf(findings),
    figures,
    measurements: findings.measurements,
    labels: findings.labels,
    transcript,
    transcriptReason: transcript ? null : (words.reason ?? 'there is no transcript'),
    assessment: 'assessment' in byRules ? byRules.assessment : null,
    assessmentReason: 'reason' in byRules ? byRules.reason : null,
  };
}
