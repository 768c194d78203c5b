// How does Step Functions tell of executions that the test server only keeps? With what our interpreter did in their place.
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
  type GetExecutionHistoryCommandOutput,
  type HistoryEvent as ToldEvent,
} from '@aws-sdk/client-sfn';
import { runExecution, type HistoryEvent } from '../../../local/interpreter/run-execution.ts';
import { functionArn, runStage, stageBehind, type LocalContext } from '../../../local/stages.ts';
import type { Json } from '../../../systems/asl.ts';
import { analyseInterview } from '../../../systems/interview/pipeline.ts';
import { compile } from '../../../systems/machine.ts';

interface Ran {
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly startDate: Date;
  stopDate?: Date;
  readonly events: HistoryEvent[];
}

interface Execution {
  readonly name: string;
  readonly input: Json;
}

export interface RanExecutions {
  /** A client that knows how far an execution is, and otherwise asks the test server. */
  readonly client: SFNClient;
  /** The execution of a machine that has not been run. @throws Error when there is none */
  readonly next: (stateMachineArn: string) => Promise<Execution>;
  /** Runs an execution to its end, and gives its status. */
  readonly run: (execution: Execution, context: LocalContext) => Promise<string>;
}

const nameOf = (input: object): string => String(Reflect.get(input, 'executionArn')).split(':').at(-1) ?? '';

/** As GetExecutionHistory tells it; the interpreter's events have its very fields and types. */
const historyOf = ({ events }: Ran): GetExecutionHistoryCommandOutput => ({
  events: events.map(({ timestamp, ...event }) => ({
    ...(event as unknown as ToldEvent),
    timestamp: new Date(timestamp),
  })),
  $metadata: {},
});

function tellingClient(executions: ReadonlyMap<string, Ran>): SFNClient {
  const client = new SFNClient({});
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const ran = executions.get(nameOf(args.input));
        if (ran && commandName === 'GetExecutionHistoryCommand')
          return { output: historyOf(ran), response: {} };
        const answer = await next(args);
        if (ran && commandName === 'DescribeExecutionCommand') {
          const { status, startDate, stopDate } = ran;
          Object.assign(answer.output, { status, startDate, stopDate });
        }
        return answer;
      },
    { step: 'initialize', name: 'ran-executions' },
  );
  return client;
}

export function createRanExecutions(): RanExecutions {
  const executions = new Map<string, Ran>();
  return {
    client: tellingClient(executions),
    async next(stateMachineArn) {
      const server = new SFNClient({});
      const { executions: listed = [] } = await server.send(new ListExecutionsCommand({ stateMachineArn }));
      const found = listed.find(({ name = '' }) => !executions.has(name));
      if (!found) throw new Error('nothing was started');
      const { executionArn, name = '' } = found;
      const { input = 'null' } = await server.send(new DescribeExecutionCommand({ executionArn }));
      return { name, input: JSON.parse(input) as Json };
    },
    async run({ name, input }, context) {
      const ran: Ran = { status: 'RUNNING', startDate: new Date(), events: [] };
      executions.set(name, ran);
      const { status, cause } = await runExecution({
        definition: compile(analyseInterview, { functionArn }),
        name,
        input,
        onEvent: (event) => ran.events.push(event),
        invoke: ({ resource, arguments: payload, signal }) => {
          const { timeoutSeconds } = stageBehind(resource);
          return runStage(resource, payload, { ...context, signal, timeoutSeconds });
        },
      });
      Object.assign(ran, { status, stopDate: new Date() });
      return cause === undefined ? status : `${status}: ${cause}`;
    },
  };
}
