// What belongs to one running execution, and what must its caller bring?

import type { Json } from '../../systems/asl.ts';
import type { Clock } from './clock.ts';
import type { ExecutionLog, Ending } from './execution-log.ts';
import type { HistoryEvent } from './history.ts';
import type { Journal } from './journal.ts';
import type { Recorder } from './recorder.ts';
import type { TaskTokens } from './task-tokens.ts';
import type { Turns } from './turns.ts';

/** `$states.context` as far as it is the same in the whole execution. Times are ISO 8601 in UTC. */
interface ExecutionContext {
  readonly Execution: {
    readonly Id: string;
    readonly Input: Json;
    readonly StartTime: string;
    readonly Name: string;
    readonly RoleArn: string;
    readonly RedriveCount: 0;
  };
  readonly StateMachine: { readonly Id: string; readonly Name: string };
}

/** One invocation of a Task's resource. */
export interface TaskCall {
  /** The Task's Resource, e.g. `arn:aws:states:::lambda:invoke` or a function's ARN. */
  readonly resource: string;
  readonly stateName: string;
  readonly arguments: Json;
  /** 0 for the first attempt, then 1, 2, … for each retry. */
  readonly attempt: number;
  /** Only for `.waitForTaskToken` resources: hand it out, and end the task with `tokens.sendTaskSuccess`. */
  readonly taskToken?: string;
  /** The context object, `$states.context`. */
  readonly context: { readonly [key: string]: Json };
  /** Aborts on timeout, on a sibling's failure and when the execution is stopped. Settle soon after. */
  readonly signal: AbortSignal;
  /** Says that the work goes on; restarts HeartbeatSeconds. */
  readonly heartbeat: () => void;
  /** For `.sync` resources: what starting the job returned; recorded as TaskSubmitted. */
  readonly submitted: (output: Json) => void;
}

/** Does a Task's work. See the header of run-execution.ts for how errors are named. */
export type Invoke = (call: TaskCall) => Promise<Json | undefined> | Json | undefined;

/** What a distributed Map wants to read: its ItemReader with evaluated Arguments. */
interface ItemReaderCall {
  readonly resource: string;
  readonly stateName: string;
  readonly arguments: Json;
  readonly readerConfig: { readonly [key: string]: Json };
  readonly signal: AbortSignal;
}

/** What a distributed Map wants to have written: its ResultWriter with evaluated Arguments and the results. */
interface ResultWriterCall {
  readonly resource: string;
  readonly stateName: string;
  readonly arguments: Json;
  readonly mapRunArn: string;
  readonly outputType: 'JSON' | 'JSONL';
  readonly results: readonly Json[];
  readonly signal: AbortSignal;
}

/** Only `definition`, `input` and `invoke` are required. */
export interface RunOptions {
  /** A JSONata definition; anything else is refused with DefinitionRejected. */
  readonly definition: unknown;
  readonly input: Json;
  readonly invoke: Invoke;
  /** The execution's name; default a random UUID. The key under which a journal resumes. */
  readonly name?: string;
  /** Default `local`. */
  readonly stateMachineName?: string;
  /** Default `arn:aws:iam::000000000000:role/local`. */
  readonly roleArn?: string;
  /** Makes the execution survive a killed process. Default none: memory only. */
  readonly journal?: Journal;
  /** Stops the execution: ABORTED. A reason `{error, cause}` of strings is recorded, as StopExecution does. */
  readonly signal?: AbortSignal;
  /** Default the machine's clock. */
  readonly clock?: Clock;
  /** Numbers in [0, 1) for jitter and `$random()`; default Math.random. */
  readonly random?: () => number;
  /** Told of every new event, not of those a resumed run takes from the journal. */
  readonly onEvent?: (event: HistoryEvent) => void;
  /** Needed by whoever answers `.waitForTaskToken` tasks; default a private one. */
  readonly tokens?: TaskTokens;
  /** Reads a distributed Map's items: an array, or the object's text (CSV, JSON, JSONL). Default: `invoke`. */
  readonly readItems?: (call: ItemReaderCall) => Promise<Json> | Json;
  /** Writes a distributed Map's results and returns ResultWriterDetails. Default: `invoke`. */
  readonly writeResults?: (call: ResultWriterCall) => Promise<Json> | Json;
}

/** How an execution ended, with its whole history. */
export interface ExecutionOutcome extends Ending {
  readonly executionArn: string;
  readonly name: string;
  readonly history: readonly HistoryEvent[];
}

/** The parts every state of a running execution works with. */
export interface Execution {
  readonly arn: string;
  readonly context: ExecutionContext;
  readonly recorder: Recorder;
  readonly log: ExecutionLog;
  readonly turns: Turns;
  readonly clock: Clock;
  readonly random: () => number;
  readonly functions: { readonly [name: string]: unknown };
  readonly tokens: TaskTokens;
  readonly options: RunOptions;
  /** `Map` of the context object inside a child of a distributed Map. */
  readonly mapItem?: { readonly [key: string]: Json };
}

/** Local resources look like AWS's: region `us-east-1`, account `000000000000`. */
export const region = 'us-east-1';

/** `arn:aws:states:us-east-1:000000000000:execution:<machine>:<name>` and its siblings. */
export function statesArn(kind: 'execution' | 'stateMachine' | 'mapRun', path: string): string {
  return `arn:aws:states:${region}:000000000000:${kind}:${path}`;
}
