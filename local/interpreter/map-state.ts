// How is one attempt of a Map run when its iterations belong to the execution itself (inline)?

import type { Json, MapState } from '../../systems/asl.ts';
import { runDistributedMap } from './distributed-map.ts';
import { fanOut } from './fan-out.ts';
import type { MapItem } from './map-plan.ts';
import { concurrencyOf, itemsOf, mapStarted } from './map-plan.ts';
import type { RunScope } from './scope-run.ts';
import { Variables } from './variables.ts';
import type { Leave, Visit } from './visit.ts';

/** Throws the StateFailed of the iteration that failed first, or of the map run. `run` is runScope. */
export async function runMap(visit: Visit, state: MapState, run: RunScope): Promise<Leave> {
  if (state.ItemProcessor.ProcessorConfig?.Mode === 'DISTRIBUTED') {
    return runDistributedMap(visit, state, run);
  }
  const { execution, frame, attemptKey } = visit;
  const { recorder } = execution;
  const known = recorder.recalled(`${attemptKey}:started`);
  const plan =
    known === undefined
      ? { limit: await concurrencyOf(visit, state), items: await itemsOf(visit, state) }
      : (known.memo as unknown as { readonly limit: number; readonly items: readonly MapItem[] });
  frame.cursor = await recorder.event(
    `${attemptKey}:started`,
    mapStarted(frame, plan.items.length),
    plan as unknown as Json,
  );
  const result = await fanOut(visit, {
    count: plan.items.length,
    limit: plan.limit,
    begin: async (index, previousEventId) => {
      const path = `${attemptKey}/${index}/`;
      const cursor = await recorder.event(
        `${path}:started`,
        iteration(visit, { index, how: 'Started', previousEventId }),
      );
      return { path, cursor, standing: undefined };
    },
    run: (index, branchFrame, signal) =>
      run(execution, {
        scope: state.ItemProcessor,
        input: plan.items[index]?.input ?? null,
        variables: new Variables(visit.variables),
        frame: branchFrame,
        signal,
        mapItem: plan.items[index]?.map,
      }),
    finish: (index, { path, cursor }) =>
      recorder.event(
        `${path}:succeeded`,
        iteration(visit, { index, how: 'Succeeded', previousEventId: cursor }),
      ),
    end: async (index, how, previousEventId) => {
      await recorder.event(
        `${attemptKey}/${index}/:ended`,
        iteration(visit, { index, how, previousEventId }),
      );
    },
  });
  await recorder.event(`${attemptKey}:succeeded`, {
    type: 'MapStateSucceeded',
    previousEventId: frame.cursor,
  });
  return visit.leave(state, { fallback: result, extra: { result } });
}

function iteration(
  visit: Visit,
  {
    index,
    how,
    previousEventId,
  }: {
    readonly index: number;
    readonly how: 'Started' | 'Succeeded' | 'Failed' | 'Aborted';
    readonly previousEventId: number;
  },
) {
  return {
    type: `MapIteration${how}`,
    previousEventId,
    details: { [`mapIteration${how}EventDetails`]: { index, name: visit.name } },
  };
}
