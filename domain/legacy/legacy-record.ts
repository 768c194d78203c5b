// What did the predecessor store about an answer, and what of it was ever measured?
import { z } from 'zod';
import { plainItem } from './dynamodb-item.ts';
import { LegacyUnreadable } from './legacy-unreadable.ts';
import { parsePythonLiteral } from './python-literal.ts';

/** A value of the predecessor's, or `null` and why it is not used. */
type Legacy<T> =
  { readonly value: T; readonly reason: null } | { readonly value: null; readonly reason: string };

export interface LegacyRecord {
  readonly recordId: string;
  /** Whose record it was: the migration finds the new user by it. */
  readonly userEmail: string | null;
  /** As it was stored; the predecessor's page wrote a local date without a zone. */
  readonly date: string | null;
  readonly durationSeconds: Legacy<number>;
  readonly videoKey: string | null;
  /** 0–1. The oldest version stored one Boolean for the whole answer: 0 or 1 with that meaning. */
  readonly attention: Legacy<number>;
  readonly objects: Legacy<readonly string[]>;
  /** The text report's fields, such as `transcription` and `feedback_bedrock`. */
  readonly textReport: Legacy<Readonly<Record<string, string>>>;
}

const placeholder = 'the predecessor’s placeholder, not a measurement';
const absent = 'the predecessor stored none';

const known = <T>(value: T): Legacy<T> => ({ value, reason: null });
const none = (reason: string): Legacy<never> => ({ value: null, reason });

const anyObject = z.record(z.string(), z.unknown());
const text = z.string().trim().min(1).nullable().catch(null);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  anyObject.safeParse(value).success;

/** JSON or a printed Python value, parsed; any other text and value as it is. */
function opened(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    try {
      return parsePythonLiteral(value);
    } catch {
      return value;
    }
  }
}

/** A number, or a decimal string as DynamoDB and Python's Decimal write it. */
function numberOf(value: unknown): Legacy<number> {
  if (value === undefined || value === null || value === '') return none(absent);
  const number = typeof value === 'string' ? Number(value.trim()) : value;
  if (typeof number !== 'number') return none('the stored value is no number');
  return Number.isFinite(number) ? known(number) : none('the stored value is not a finite number');
}

/** `30`, `"30.5"`, or a clock as the page wrote it (`"01:30"`). */
function durationOf(value: unknown): Legacy<number> {
  const clock = typeof value === 'string' ? /^(?:(\d{1,2}):)?(\d{1,3}):(\d{2})$/.exec(value.trim()) : null;
  if (clock) return known(Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]));
  const number = numberOf(value);
  return number.value !== null && number.value < 0 ? none('the stored duration is negative') : number;
}

interface VideoMetrics {
  readonly attention: unknown;
  readonly objects: unknown;
  /** The whole set of metrics was made up. */
  readonly isPlaceholder: boolean;
}

/** Both shapes of the metrics (A60), wherever they stand: at the top, in `body`, or in `body.metrics`. */
function videoMetricsOf(item: Readonly<Record<string, unknown>>): VideoMetrics {
  const body = opened(item['body']);
  const outer = isObject(body) ? body : item;
  const inner = opened(outer['metrics']);
  const nested =
    isObject(inner) && ('objects_detected' in inner || 'attention_score' in inner) ? inner : null;
  const score = nested?.['attention_score'];
  return {
    attention: nested ? score : (outer['attention'] ?? item['attention']),
    objects: opened(nested ? nested['objects_detected'] : (outer['objects'] ?? item['objects'])),
    // The made-up set always claimed 10 frames of a 30-second video.
    isPlaceholder:
      nested !== null && Number(nested['frames_analyzed']) === 10 && Number(nested['video_duration']) === 30,
  };
}

function attentionOf({ attention, isPlaceholder }: VideoMetrics): Legacy<number> {
  if (isPlaceholder) return none(placeholder);
  if (typeof attention === 'boolean') return known(attention ? 1 : 0);
  const number = numberOf(attention);
  if (number.value === null) return number;
  // Nothing real ever wrote this number: no code of the predecessor measured a score.
  if (number.value === 0.85) return none(placeholder);
  return number.value >= 0 && number.value <= 1 ? number : none('the stored value is not between 0 and 1');
}

function objectsOf({ objects, isPlaceholder }: VideoMetrics): Legacy<readonly string[]> {
  if (isPlaceholder) return none(placeholder);
  if (objects === undefined || objects === null || objects === '') return none(absent);
  const names = z.array(z.string()).safeParse(objects);
  if (!names.success) return none('the stored value is no list of names');
  const isMadeUp = names.data.length === 2 && names.data.includes('Person') && names.data.includes('Face');
  return isMadeUp ? none(placeholder) : known(names.data);
}

function textReportOf(stored: unknown): Legacy<Readonly<Record<string, string>>> {
  if (stored === undefined || stored === null || stored === '') return none(absent);
  const report = opened(stored);
  if (!isObject(report)) return none('the stored text report cannot be opened');
  const fields = Object.entries(report).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].trim() !== '',
  );
  return fields.length === 0 ? none(absent) : known(Object.fromEntries(fields));
}

/**
 * Reads a record of the predecessor's: an item of DynamoDB (wire format or plain), or JSON text. Both shapes of
 * the video metrics are accepted, numbers as decimals or strings, a body and a report as text. What the
 * predecessor made up (attention 0.85, Person and Face, 10 frames of 30.0 s) becomes `null` with that reason, and so
 * does whatever cannot be read (A60, A61, A64, A66).
 * @throws LegacyUnreadable only when there is no object with a record id
 */
export function readLegacyRecord(stored: unknown): LegacyRecord {
  const item = plainItem(opened(stored));
  if (!isObject(item)) throw new LegacyUnreadable('it is no object');
  const recordId = text.parse(item['record_id']);
  if (recordId === null) throw new LegacyUnreadable('it has no record_id');
  const metrics = videoMetricsOf(item);
  return {
    recordId,
    userEmail: text.parse(item['email']),
    date: text.parse(item['date']),
    durationSeconds: durationOf(item['duration']),
    videoKey: text.parse(item['video']),
    attention: attentionOf(metrics),
    objects: objectsOf(metrics),
    textReport: textReportOf(item['report'] ?? item['text_report']),
  };
}
