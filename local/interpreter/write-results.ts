// What does a distributed Map give as its result, and how is it written where ResultWriter says?

import type { Json, MapState } from '../../systems/asl.ts';
import type { ChildRecord } from './child-execution.ts';
import { isList } from './expressions.ts';
import { StateFailed, stopIfAborted } from './state-failed.ts';
import type { Visit } from './visit.ts';

interface Results {
  readonly state: MapState;
  readonly arn: string;
  readonly children: readonly ChildRecord[];
}

/**
 * The children's outputs, or with a ResultWriter that names a resource `{MapRunArn, ResultWriterDetails}`. A failed
 * child stands in the list with its whole record. Source: the developer guide on ResultWriter. Throws StateFailed
 * with States.ResultWriterFailed.
 */
export async function writeResults(visit: Visit, { state, arn, children }: Results): Promise<Json> {
  const writer = state.ResultWriter;
  const isExported = writer?.Resource !== undefined;
  const transformation = writer?.WriterConfig?.Transformation ?? (isExported ? 'NONE' : 'COMPACT');
  const results = children.flatMap((child) => transformed(child, transformation));
  if (writer?.Resource === undefined) return results;
  const args =
    writer.Arguments === undefined ? {} : await visit.evaluate(writer.Arguments, 'ResultWriter/Arguments');
  const outputType = writer.WriterConfig?.OutputType ?? 'JSON';
  const { options, turns } = visit.execution;
  const call = { resource: writer.Resource, stateName: visit.name, signal: visit.signal };
  const body =
    outputType === 'JSON'
      ? JSON.stringify(results)
      : results.map((result) => JSON.stringify(result)).join('\n');
  const write = async (): Promise<Json> =>
    options.writeResults === undefined
      ? ((await options.invoke({
          ...call,
          arguments: {
            ...(typeof args === 'object' && args !== null && !isList(args) ? args : {}),
            Body: body,
          },
          attempt: visit.attempt,
          context: visit.context(),
          heartbeat: () => undefined,
          submitted: () => undefined,
        })) ?? args)
      : await options.writeResults({ ...call, arguments: args, mapRunArn: arn, outputType, results });
  try {
    return { MapRunArn: arn, ResultWriterDetails: await turns.away(write()) };
  } catch (error) {
    stopIfAborted(visit.signal);
    throw new StateFailed({
      kind: 'map-run',
      error: 'States.ResultWriterFailed',
      cause: error instanceof Error ? error.message : String(error),
    });
  }
}

function transformed(child: ChildRecord, transformation: 'NONE' | 'COMPACT' | 'FLATTEN'): readonly Json[] {
  if (transformation === 'NONE' || child.Output === undefined) return [{ ...child }];
  const output: Json = JSON.parse(child.Output);
  return transformation === 'FLATTEN' && isList(output) ? output : [output];
}
