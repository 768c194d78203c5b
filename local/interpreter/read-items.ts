// How does a distributed Map get the items its ItemReader names?

import type { Json, MapState } from '../../systems/asl.ts';
import { itemsIn, ItemsUnreadable } from './map-items.ts';
import { Aborted, StateFailed, stopIfAborted } from './state-failed.ts';
import type { Visit } from './visit.ts';

/** Asks the caller's `readItems`, or else `invoke` under the Map's name. Any failure becomes ItemsUnreadable. */
export async function readItems(visit: Visit, state: MapState): Promise<readonly Json[]> {
  const reader = state.ItemReader;
  if (reader === undefined) return [];
  const { options, turns } = visit.execution;
  const args = await visit.evaluate(reader.Arguments, 'ItemReader/Arguments');
  const { MaxItems, ...rest } = reader.ReaderConfig ?? {};
  const maxItems =
    MaxItems === undefined
      ? undefined
      : await visit.evaluateSeconds(MaxItems, 'ItemReader/ReaderConfig/MaxItems');
  const readerConfig = { ...rest, ...(maxItems === undefined ? {} : { MaxItems: maxItems }) };
  const call = { resource: reader.Resource, stateName: visit.name, arguments: args, signal: visit.signal };
  const read = async (): Promise<Json> =>
    options.readItems === undefined
      ? ((await options.invoke({
          ...call,
          attempt: visit.attempt,
          context: visit.context(),
          heartbeat: () => undefined,
          submitted: () => undefined,
        })) ?? null)
      : await options.readItems({ ...call, readerConfig });
  try {
    return itemsIn(await turns.away(read()), readerConfig);
  } catch (error) {
    stopIfAborted(visit.signal);
    if (error instanceof ItemsUnreadable || error instanceof StateFailed || error instanceof Aborted)
      throw error;
    throw new ItemsUnreadable(error instanceof Error ? error.message : String(error));
  }
}
