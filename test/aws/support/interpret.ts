// Who runs the executions that the test server only keeps? Our interpreter, with the deployed definition.
import { runExecution, type ExecutionOutcome } from '../../../local/interpreter/run-execution.ts';
import { functionArn, runStage, stageBehind, type LocalContext } from '../../../local/stages.ts';
import type { Json } from '../../../systems/asl.ts';
import { analyseInterview } from '../../../systems/interview/pipeline.ts';
import { compile } from '../../../systems/machine.ts';

/** Runs an execution to its end; each stage works in the context that is made for it, with Lambda's time limit. */
export const interpret = (
  { name, input }: { readonly name: string; readonly input: Json },
  contextFor: (stage: string) => LocalContext,
): Promise<ExecutionOutcome> =>
  runExecution({
    definition: compile(analyseInterview, { functionArn }),
    name,
    input,
    invoke: ({ resource, arguments: payload, signal }) => {
      const { name: stage, timeoutSeconds } = stageBehind(resource);
      return runStage(resource, payload, { ...contextFor(stage), signal, timeoutSeconds });
    },
  });
