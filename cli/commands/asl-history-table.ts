// How does an execution's history read in a terminal?

import type { ExecutionOutcome, HistoryEvent } from '../../local/interpreter/run-execution.ts';
import type { Json } from '../../systems/asl.ts';

const longestDetail = 100;

/** One line per event (id, previous id, seconds since the start, type, what matters of the details), then the end. */
export function historyTable({ status, output, error, cause, history }: ExecutionOutcome): string {
  const startMs = Date.parse(history[0]?.timestamp ?? '');
  const typeWidth = Math.max(...history.map(({ type }) => type.length));
  const idWidth = String(history.length).length;
  const lines = history.map((event) =>
    [
      String(event.id).padStart(idWidth),
      `<${String(event.previousEventId).padStart(idWidth)}`,
      `${((Date.parse(event.timestamp) - startMs) / 1000).toFixed(3)} s`.padStart(10),
      event.type.padEnd(typeWidth),
      detailOf(event),
    ]
      .join('  ')
      .trimEnd(),
  );
  return [
    ...lines,
    '',
    `status  ${status}`,
    ...(output === undefined ? [] : [`output  ${JSON.stringify(output)}`]),
    ...(error === undefined ? [] : [`error   ${error}`]),
    ...(cause === undefined ? [] : [`cause   ${cause}`]),
  ].join('\n');
}

function detailOf(event: HistoryEvent): string {
  const details = Object.entries(event).find(([key]) => key.endsWith('EventDetails'))?.[1];
  if (typeof details !== 'object' || details === null) return '';
  const { name, ...rest } = details as { readonly [key: string]: Json };
  const pairs = Object.entries(rest)
    .filter(([key]) => !key.endsWith('Details') && key !== 'roleArn' && key !== 'region')
    .map(([key, value]) => `${key}=${shown(value)}`);
  const text = [...(name === undefined ? [] : [shown(name)]), ...pairs].join(' ');
  return text.length > longestDetail ? `${text.slice(0, longestDetail - 1)}…` : text;
}

function shown(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
