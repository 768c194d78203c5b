// What happened in each state of an execution? Its events, sorted by the visit that they belong to.
import type { ExecutionEvent } from './execution-run.ts';

/** One run of one state, from its entering on. */
export interface Visit {
  readonly state: string;
  readonly entered: ExecutionEvent;
  /** Events between the entering and the leaving that are not another state's, in their order. */
  readonly events: readonly ExecutionEvent[];
  readonly exited: ExecutionEvent | null;
}

const isEntering = ({ type }: ExecutionEvent): boolean => type.endsWith('StateEntered');
const isExiting = ({ type }: ExecutionEvent): boolean => type.endsWith('StateExited');

interface OpenVisit {
  readonly state: string;
  readonly entered: ExecutionEvent;
  readonly events: ExecutionEvent[];
  exited: ExecutionEvent | null;
}

/** `Parallel` or `Map` for the events that end one of them; they point at an event of a state within. */
const endedFamily = ({ type }: ExecutionEvent): string | null =>
  /^(Parallel|Map)State(?:Failed|Succeeded)$/.exec(type)?.[1] ?? null;

/** A state whose sibling failed; the event points at that sibling and does not say whose it is. */
const isNobodys = ({ type }: ExecutionEvent): boolean => type.endsWith('StateAborted');

function visitBehind(
  event: ExecutionEvent,
  visits: readonly OpenVisit[],
  byEvent: ReadonlyMap<number, OpenVisit>,
): OpenVisit | undefined {
  const family = endedFamily(event);
  if (family !== null)
    return visits.findLast(({ entered, exited }) => exited === null && entered.type.startsWith(family));
  return isExiting(event)
    ? visits.findLast(({ state, exited }) => exited === null && state === event.state)
    : byEvent.get(event.previousEventId);
}

/**
 * The visits in the order of their entering. An event belongs to the visit of the event before it (`previousEventId`),
 * but where it enters, leaves or ends a state that contains others; the states within have visits of their own.
 */
export function visitsOf(events: readonly ExecutionEvent[]): readonly Visit[] {
  const visits: OpenVisit[] = [];
  const byEvent = new Map<number, OpenVisit>();
  for (const event of events) {
    if (isEntering(event) && event.state !== null) {
      const visit = { state: event.state, entered: event, events: [], exited: null };
      visits.push(visit);
      byEvent.set(event.id, visit);
      continue;
    }
    const visit = isNobodys(event) ? undefined : visitBehind(event, visits, byEvent);
    if (!visit) continue;
    byEvent.set(event.id, visit);
    if (isExiting(event)) visit.exited = event;
    else visit.events.push(event);
  }
  return visits;
}
