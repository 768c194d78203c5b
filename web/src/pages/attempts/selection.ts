// Which records does the list show, and which two are chosen to be compared?
import type { RecordView } from '../../../../domain/api/shapes.ts';
import type { RecordStatus } from '../../../../domain/record.ts';

export type StatusFilter = 'all' | 'going-on' | Exclude<RecordStatus, 'UPLOADING' | 'PROCESSING'>;

export interface AttemptFilter {
  readonly status: StatusFilter;
  /** The exact question; `null` for all. */
  readonly question: string | null;
  /** Words that question or file name hold, in any case and with or without accents. */
  readonly text: string;
}

export const noFilter: AttemptFilter = { status: 'all', question: null, text: '' };

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

const hasStatus = ({ status }: Pick<RecordView, 'status'>, wanted: StatusFilter): boolean =>
  wanted === 'all' ||
  (wanted === 'going-on' ? status === 'UPLOADING' || status === 'PROCESSING' : status === wanted);

type Listed = Pick<RecordView, 'status' | 'question' | 'fileName'>;

/** Records that hold every word of the text, in their order. */
export function filterRecords<R extends Listed>(records: readonly R[], filter: AttemptFilter): R[] {
  const words = plain(filter.text).split(/\s+/).filter(Boolean);
  return records.filter((record) => {
    if (!hasStatus(record, filter.status)) return false;
    if (filter.question !== null && record.question !== filter.question) return false;
    const searched = plain(`${record.question ?? ''} ${record.fileName ?? ''}`);
    return words.every((word) => searched.includes(word));
  });
}

/** Each question once, the most often answered first. */
export function questionsOf(records: readonly Pick<RecordView, 'question'>[]): string[] {
  const counts = new Map<string, number>();
  for (const { question } of records)
    if (question !== null) counts.set(question, (counts.get(question) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([question]) => question);
}

/** The chosen records after one was pressed: at most two, the one chosen first goes. */
export const toggleChosen = (chosen: readonly string[], recordId: string): string[] =>
  chosen.includes(recordId) ? chosen.filter((one) => one !== recordId) : [...chosen, recordId].slice(-2);

/** The older one stands on the left. Record ids sort by time. */
export const inOrderOfTime = (chosen: readonly string[]): readonly [string, string] | null => {
  const [left, right] = chosen.toSorted();
  return left !== undefined && right !== undefined ? [left, right] : null;
};
