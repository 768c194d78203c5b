// What does a Map go over, and how many iterations at once?

import type { Json, MapState } from '../../systems/asl.ts';
import { EvaluationFailed, isList } from './expressions.ts';
import type { Frame, Visit } from './visit.ts';

/** AWS runs at most 40 inline iterations at once; a laptop has no use for more distributed ones either. */
const mostAtOnce = 40;

/** One item with the context object's `Map` it is seen under, and the input its iteration gets. */
export interface MapItem {
  readonly map: { readonly [key: string]: Json };
  readonly input: Json;
}

/** The event that opens a Map; `length` is 0 when a reader has yet to read the items. */
export function mapStarted(frame: Frame, length: number) {
  return {
    type: 'MapStateStarted',
    previousEventId: frame.cursor,
    details: { mapStateStartedEventDetails: { length } },
  };
}

/** How many run at once: MaxConcurrency, where 0 or none means as many as possible. */
export async function concurrencyOf(visit: Visit, state: MapState): Promise<number> {
  const limit =
    state.MaxConcurrency === undefined
      ? 0
      : await visit.evaluateSeconds(state.MaxConcurrency, 'MaxConcurrency');
  return limit === 0 ? mostAtOnce : Math.min(limit, mostAtOnce);
}

/** The items of Items, or of the state's input, with ItemSelector applied. */
export async function itemsOf(visit: Visit, state: MapState): Promise<readonly MapItem[]> {
  const value = state.Items === undefined ? visit.input : await visit.evaluate(state.Items, 'Items');
  if (isList(value)) return selected(visit, state, value);
  return visit.guard(() => {
    throw new EvaluationFailed(
      `The value for the field 'Items' must be an array, but was: ${JSON.stringify(value)}`,
      'Items',
    );
  });
}

/** The items with ItemSelector applied. Evaluated before the first iteration; when AWS does is not known. */
export async function selected(
  visit: Visit,
  state: MapState,
  items: readonly Json[],
): Promise<readonly MapItem[]> {
  const chosen: MapItem[] = [];
  for (const [Index, Value] of items.entries()) {
    const map = { Item: { Index, Value } };
    const input =
      state.ItemSelector === undefined
        ? Value
        : await visit.evaluate(state.ItemSelector, 'ItemSelector', {
            context: { ...visit.context(), Map: map },
          });
    chosen.push({ map, input });
  }
  return chosen;
}
