// How did a figure change from attempt to attempt?
import type { RecordView } from '../../../../domain/api/shapes.ts';
import { formulaNames, type FormulaName } from '../../../../domain/formulas.ts';

/** `structureScore` is the assessment’s, 0–100; the others are figures. */
export type TrendName = 'structureScore' | FormulaName;

export interface TrendPoint {
  readonly recordId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Milliseconds since 1970, for an axis. */
  readonly time: number;
  readonly value: number;
}

type Summarised = Pick<RecordView, 'recordId' | 'createdAt' | 'question' | 'summary'>;

const valueOf = ({ summary }: Summarised, name: TrendName): number | null =>
  (name === 'structureScore' ? summary?.structureScore : summary?.figures[name]) ?? null;

/** Points of the attempts whose value is known, the oldest first; of one question, or of all. */
export const trendOf = (
  records: readonly Summarised[],
  name: TrendName,
  question: string | null,
): TrendPoint[] =>
  records
    .filter((record) => question === null || record.question === question)
    .flatMap((record) => {
      const value = valueOf(record, name);
      const { recordId, createdAt: at } = record;
      return value === null ? [] : [{ recordId, at, time: Date.parse(at), value }];
    })
    .toSorted((a, b) => a.time - b.time);

/** What can be drawn: known in at least two attempts. The score first, then in the order of the catalogue. */
export const trendNames = (records: readonly Summarised[]): TrendName[] =>
  (['structureScore', ...formulaNames] as const).filter((name) => trendOf(records, name, null).length >= 2);
