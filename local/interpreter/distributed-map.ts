// How does a distributed Map start a child execution for each item or batch, and when has it failed too often?

import { randomUUID } from 'node:crypto';
import type { Json, MapState } from '../../systems/asl.ts';
import type { ChildRecord } from './child-execution.ts';
import { runChild } from './child-execution.ts';
import { fanOut } from './fan-out.ts';
import { statesArn } from './execution.ts';
import { errorDetails } from './history.ts';
import type { Batch } from './map-items.ts';
import { batches, ItemsUnreadable } from './map-items.ts';
import type { MapItem } from './map-plan.ts';
import { concurrencyOf, itemsOf, mapStarted, selected } from './map-plan.ts';
import { readItems } from './read-items.ts';
import type { RunScope } from './scope-run.ts';
import { StateFailed, stopIfAborted } from './state-failed.ts';
import type { Leave, Visit } from './visit.ts';
import { writeResults } from './write-results.ts';

interface MapRun {
  readonly arn: string;
  readonly limit: number;
  readonly children: readonly (Batch & { readonly map?: { readonly [key: string]: Json } })[];
  readonly itemCount: number;
  readonly toleratedCount: number | undefined;
  readonly toleratedPercentage: number | undefined;
}

/**
 * Throws StateFailed with States.ExceedToleratedFailureThreshold, States.ItemReaderFailed or
 * States.ResultWriterFailed. Children see no variables of the parent and leave no events in its history.
 */
export async function runDistributedMap(visit: Visit, state: MapState, run: RunScope): Promise<Leave> {
  const { execution, frame, attemptKey } = visit;
  const { recorder } = execution;
  const given =
    state.ItemReader === undefined ? await once(visit, 'items', () => itemsOf(visit, state)) : undefined;
  frame.cursor = await recorder.event(`${attemptKey}:started`, mapStarted(frame, given?.length ?? 0));
  const id = await recorder.decide(`${attemptKey}:map-run`, () => randomUUID());
  const label = state.Label ?? visit.name;
  const arn = statesArn('mapRun', `${execution.context.StateMachine.Name}/${label}:${id}`);
  frame.cursor = await recorder.event(`${attemptKey}:run-started`, {
    type: 'MapRunStarted',
    previousEventId: frame.cursor,
    details: { mapRunStartedEventDetails: { mapRunArn: arn } },
  });
  let result: Json;
  try {
    const mapRun = await planRun(visit, { state, arn, given });
    const children = await runChildren(visit, { state, mapRun, run });
    result = await once(visit, 'results', () => writeResults(visit, { state, arn, children }));
  } catch (error) {
    throw await runFailed(visit, error);
  }
  frame.cursor = await recorder.event(`${attemptKey}:run-succeeded`, {
    type: 'MapRunSucceeded',
    previousEventId: frame.cursor,
  });
  await recorder.event(`${attemptKey}:succeeded`, {
    type: 'MapStateSucceeded',
    previousEventId: frame.cursor,
  });
  return visit.leave(state, { fallback: result, extra: { result } });
}

/** Decides once per attempt; the turn stays with this branch unless `make` gives it away. */
function once<T>(visit: Visit, name: string, make: () => Promise<T>): Promise<T> {
  const value = visit.execution.recorder.decide(`${visit.attemptKey}:${name}`, make as () => Promise<Json>);
  return value as Promise<T>;
}

async function planRun(
  visit: Visit,
  { state, arn, given }: { state: MapState; arn: string; given: readonly MapItem[] | undefined },
): Promise<MapRun> {
  return once(visit, 'plan', async () => {
    const items = given ?? (await selected(visit, state, await readItems(visit, state)));
    const batcher = state.ItemBatcher;
    const seconds = (field: Json | undefined, location: string) =>
      field === undefined ? undefined : visit.evaluateSeconds(field, location);
    const limits = {
      maxItems: await seconds(batcher?.MaxItemsPerBatch, 'ItemBatcher/MaxItemsPerBatch'),
      maxBytes: await seconds(batcher?.MaxInputBytesPerBatch, 'ItemBatcher/MaxInputBytesPerBatch'),
    };
    const batchInput =
      batcher?.BatchInput === undefined
        ? undefined
        : await visit.evaluate(batcher.BatchInput, 'ItemBatcher/BatchInput');
    const children =
      batcher === undefined
        ? items.map(({ input, map }) => ({ input, itemCount: 1, map }))
        : batches(
            items.map(({ input }) => input),
            {
              ...(limits.maxItems === undefined ? {} : { maxItems: limits.maxItems }),
              ...(limits.maxBytes === undefined ? {} : { maxBytes: limits.maxBytes }),
              ...(batchInput === undefined ? {} : { batchInput }),
            },
          );
    const percentage = state.ToleratedFailurePercentage;
    return {
      arn,
      limit: await concurrencyOf(visit, state),
      children,
      itemCount: items.length,
      toleratedCount: await seconds(state.ToleratedFailureCount, 'ToleratedFailureCount'),
      toleratedPercentage:
        percentage === undefined
          ? undefined
          : await visit.evaluateTyped('number', percentage, 'ToleratedFailurePercentage'),
    };
  });
}

async function runChildren(
  visit: Visit,
  { state, mapRun, run }: { state: MapState; mapRun: MapRun; run: RunScope },
): Promise<readonly ChildRecord[]> {
  let failedItems = 0;
  const records = await fanOut(visit, {
    count: mapRun.children.length,
    limit: mapRun.limit,
    begin: (index) =>
      Promise.resolve({
        path: `${visit.attemptKey}/${index}/`,
        cursor: visit.frame.cursor,
        standing: undefined,
      }),
    run: async (index, _frame, signal) => {
      const child = mapRun.children[index];
      const record = await runChild(visit, {
        index,
        scope: state.ItemProcessor,
        input: child?.input ?? null,
        map: child?.map,
        mapRunArn: mapRun.arn,
        signal,
        run,
      });
      stopIfAborted(signal);
      if (record.Status !== 'SUCCEEDED') failedItems += child?.itemCount ?? 1;
      if (isExceeded(mapRun, failedItems)) {
        throw new StateFailed({
          kind: 'map-run',
          error: 'States.ExceedToleratedFailureThreshold',
          cause: 'The specified tolerated failure threshold was exceeded',
        });
      }
      return record as unknown as Json;
    },
    finish: () => Promise.resolve(visit.frame.cursor),
    end: () => Promise.resolve(),
  });
  return records as unknown as readonly ChildRecord[];
}

/** With neither limit given none is tolerated; with both, the one reached first counts. */
function isExceeded(
  { toleratedCount, toleratedPercentage, itemCount }: MapRun,
  failedItems: number,
): boolean {
  if (failedItems === 0) return false;
  if (toleratedCount === undefined && toleratedPercentage === undefined) return true;
  if (toleratedCount !== undefined && failedItems > toleratedCount) return true;
  return toleratedPercentage !== undefined && (failedItems / itemCount) * 100 > toleratedPercentage;
}

/** Records MapRunFailed. Where it points is not known from a recording; MapRunSucceeded points at MapRunStarted. */
async function runFailed(visit: Visit, error: unknown): Promise<unknown> {
  const failed =
    error instanceof ItemsUnreadable
      ? new StateFailed({ kind: 'map-run', error: 'States.ItemReaderFailed', cause: error.message })
      : error;
  if (!(failed instanceof StateFailed) || failed.failure.kind === 'runtime') return failed;
  visit.frame.cursor = await visit.execution.recorder.event(`${visit.attemptKey}:run-failed`, {
    type: 'MapRunFailed',
    previousEventId: visit.frame.cursor,
    details: { mapRunFailedEventDetails: errorDetails(failed.failure) },
  });
  return failed;
}
