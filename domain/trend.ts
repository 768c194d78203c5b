// What is followed from attempt to attempt?
import type { RecordSummary } from './record.ts';
import type { Report } from './report.ts';
import type { FormulaName } from './formulas.ts';

/**
 * Two figures for what is seen, two for what is heard and four for what is said: each can be worked on, means the same
 * for every question, and does not depend on how long the answer was.
 */
export const trendFigures = [
  'facePresence',
  'attention',
  'loudness',
  'longPauses',
  'speechRate',
  'articulationRate',
  'fillersPerMinute',
  'lexicalDiversity',
] as const satisfies readonly FormulaName[];

/** What a list of attempts shows of a report. */
export const summaryOf = ({
  figures,
  playback,
  recording,
  assessment,
}: Pick<Report, 'figures' | 'playback' | 'recording' | 'assessment'>): RecordSummary => ({
  durationSeconds: playback?.durationSeconds ?? recording.durationSeconds,
  structureScore: assessment?.structureScore ?? null,
  figures: Object.fromEntries(trendFigures.map((name) => [name, figures[name].value])),
});
