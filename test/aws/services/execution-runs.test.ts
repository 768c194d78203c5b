// Does Step Functions, as a server plays it, keep what the contract of runs promises?
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createExecutionRuns } from '../../../services/aws/execution-runs.ts';
import { describeExecutionRuns, type ExecutionRunsHost } from '../../services/contracts/execution-runs.ts';
import { accountId, endpoint } from '../support/server.ts';

const client = () => new SFNClient({});

/** Whether the server runs executions, or only keeps them as the other tests want it. */
async function runExecutions(execute_state_machine: boolean): Promise<void> {
  const body = JSON.stringify({ stepfunctions: { execute_state_machine } });
  const headers = { 'content-type': 'application/json' };
  const { ok } = await fetch(`${endpoint()}/moto-api/config`, { method: 'POST', headers, body });
  if (!ok) throw new Error('the server does not take its configuration');
}

/** One state, which lasts as long as its input says. */
const definition = JSON.stringify({
  StartAt: 'Wait',
  States: { Wait: { Type: 'Wait', SecondsPath: '$.seconds', End: true } },
});

async function makeHost(): Promise<ExecutionRunsHost> {
  const { stateMachineArn = '' } = await client().send(
    new CreateStateMachineCommand({
      name: `waits-${randomUUID().slice(0, 8)}`,
      definition,
      roleArn: `arn:aws:iam::${accountId}:role/machine`,
    }),
  );
  const start = async (seconds: number) => {
    const name = randomUUID();
    const input = JSON.stringify({ seconds });
    const { executionArn } = await client().send(new StartExecutionCommand({ stateMachineArn, name, input }));
    return { name, executionArn };
  };
  return {
    runs: createExecutionRuns({ stateMachineArn }),
    startWaiting: async () => (await start(3600)).name,
    runToEnd: async () => {
      const { name, executionArn } = await start(0);
      for (;;) {
        const { status } = await client().send(new DescribeExecutionCommand({ executionArn }));
        if (status !== 'RUNNING') return name;
        await delay(50);
      }
    },
  };
}

describe('executions that a server runs', function inTime() {
  this.timeout(30_000);
  before(() => runExecutions(true));
  after(() => runExecutions(false));
  describeExecutionRuns('Step Functions', makeHost);
});
