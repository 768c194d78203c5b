// What does a function write down? One line of JSON per event, in the shape that Lambda's own JSON log has.
import type { Log } from '../handlers/support/handler.ts';

/** The facts that handlers tell. A word that is not on the list may be a candidate's, so its value stays out. */
const knownFacts = new Set([
  'code',
  'command',
  'error',
  'executionName',
  'keepUntil',
  'losses',
  'message',
  'messageId',
  'objects',
  'objectVersions',
  'operation',
  'outcome',
  'reason',
  'recordId',
  'requestId',
  'status',
  'statusCode',
]);

/** No fact needs more; FFmpeg's command line has about 3,000 characters. */
const longestFact = 8192;

/** What JSON.parse complains about it quotes, and the quote may be a transcript. */
const quotedByParser = /(Unexpected [^,]*|Expected [^,]*), .* is not valid JSON/gs;

function clean(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replaceAll(quotedByParser, '$1: not valid JSON').slice(0, longestFact);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (Array.isArray(value)) return value.map(clean);
  return '[left out]';
}

export interface LogOptions {
  readonly stage: string;
  readonly requestId: string;
  /** `null` for what belongs to no execution. */
  readonly executionName: string | null;
  readonly write: (line: string) => void;
}

/** Errors are lines of level ERROR; a metric filter or an alarm may count on that. */
export const createLog =
  ({ stage, requestId, executionName, write }: LogOptions): Log =>
  (event, facts = {}) => {
    const told = Object.entries(facts).map(([name, value]) => [
      name,
      knownFacts.has(name) ? clean(value) : '[left out]',
    ]);
    const line = {
      timestamp: new Date().toISOString(),
      level: event.endsWith('failed') ? 'ERROR' : 'INFO',
      requestId,
      stage,
      ...(executionName === null ? {} : { executionName }),
      event,
      ...Object.fromEntries(told),
    };
    write(`${JSON.stringify(line)}\n`);
  };
