// What does Step Functions tell of an execution, and when does a stop stop anything?
import { expect } from 'chai';
import { SFNClient } from '@aws-sdk/client-sfn';
import { createExecutionRuns } from '../../../services/aws/execution-runs.ts';
import type { ExecutionRuns } from '../../../services/contracts.ts';
import { thrownBy } from '../contracts/object-store.ts';
import { answers, openLoopback, refuses, type Loopback, type Reply } from './loopback.ts';

const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:greenroom-dev-analyse';
const executionArn = 'arn:aws:states:us-east-1:123456789012:execution:greenroom-dev-analyse:e1';

const second = (count: number): number => Date.UTC(2026, 0, 1, 0, 0, count) / 1000;
const iso = (count: number): string => new Date(second(count) * 1000).toISOString();

const description = { executionArn, stateMachineArn, name: 'e1', status: 'RUNNING', startDate: second(0) };
const definition = '{"StartAt":"Probe"}';

/** As the service writes them, one kind of details each. */
const written = [
  {
    type: 'ExecutionStarted',
    executionStartedEventDetails: { input: '{"a":1}', roleArn: 'arn:aws:iam::1:role/r' },
  },
  { type: 'TaskStateEntered', stateEnteredEventDetails: { name: 'Probe', input: '{"a":1}' } },
  {
    type: 'LambdaFunctionScheduled',
    lambdaFunctionScheduledEventDetails: { resource: 'arn', input: '{"k":2}' },
  },
  { type: 'LambdaFunctionStarted' },
  {
    type: 'LambdaFunctionFailed',
    lambdaFunctionFailedEventDetails: { error: 'TemporaryFailure', cause: 'UPSTREAM' },
  },
  {
    type: 'TaskScheduled',
    taskScheduledEventDetails: { resource: 'r', resourceType: 't', region: 'x', parameters: '{}' },
  },
  { type: 'EvaluationFailed', evaluationFailedEventDetails: { error: 'E', cause: 'C', state: 'Probe' } },
  { type: 'TaskStateExited', stateExitedEventDetails: { name: 'Probe', output: '{"b":2}' } },
  { type: 'ExecutionAborted', executionAbortedEventDetails: { error: 'Cancelled' } },
].map((event, index) =>
  Object.assign(event, { id: index + 1, previousEventId: index, timestamp: second(index) }),
);

const nothing = { state: null, input: null, output: null, error: null, cause: null };
const expected = [
  { ...nothing, type: 'ExecutionStarted', input: '{"a":1}' },
  { ...nothing, type: 'TaskStateEntered', state: 'Probe', input: '{"a":1}' },
  { ...nothing, type: 'LambdaFunctionScheduled', input: '{"k":2}' },
  { ...nothing, type: 'LambdaFunctionStarted' },
  { ...nothing, type: 'LambdaFunctionFailed', error: 'TemporaryFailure', cause: 'UPSTREAM' },
  { ...nothing, type: 'TaskScheduled', input: '{}' },
  { ...nothing, type: 'EvaluationFailed', state: 'Probe', error: 'E', cause: 'C' },
  { ...nothing, type: 'TaskStateExited', state: 'Probe', output: '{"b":2}' },
  { ...nothing, type: 'ExecutionAborted', error: 'Cancelled' },
].map((event, index) =>
  Object.assign(event, { id: index + 1, previousEventId: index, timestamp: iso(index) }),
);

const missing = refuses(400, 'ExecutionDoesNotExist', 'Execution Does Not Exist');

describe('an execution of Step Functions', () => {
  let server: Loopback;
  let runs: ExecutionRuns;
  /** Answers by operation. */
  let says: { [operation: string]: Reply };
  const operationsSeen = (): string[] => server.seen.map(({ target = '' }) => target.split('.')[1] ?? '');

  beforeEach(async () => {
    server = await openLoopback();
    says = {
      DescribeExecution: answers(description),
      DescribeStateMachineForExecution: answers({ definition }),
      GetExecutionHistory: answers({ events: written }),
      StopExecution: answers({ stopDate: second(9) }),
    };
    server.otherwise = (line, call) => says[call.target?.split('.')[1] ?? '']?.(line, call);
    runs = createExecutionRuns({ stateMachineArn, client: new SFNClient(server.place) });
  });
  afterEach(() => server.close());

  it('is read with its definition and its events, in the words of both hosts', async () => {
    expect(await runs.read('e1')).to.deep.equal({
      summary: {
        name: 'e1',
        status: 'RUNNING',
        startedAt: iso(0),
        stoppedAt: null,
        error: null,
        cause: null,
      },
      definition,
      events: expected,
      fractions: {},
    });
    expect(server.seen.map(({ body }) => body['executionArn'])).to.deep.equal(Array(3).fill(executionArn));
  });

  it('is read with all pages of its history', async () => {
    says['GetExecutionHistory'] = (line, call) => {
      const token = call.body['nextToken'];
      const page = token === undefined ? written.slice(0, 4) : written.slice(4);
      answers({ events: page, ...(token === undefined ? { nextToken: 'more' } : {}) })(line, call);
    };
    expect((await runs.read('e1'))?.events).to.deep.equal(expected);
  });

  it('with a history that never ends is read as far as Step Functions lets one grow', async () => {
    let pages = 0;
    says['GetExecutionHistory'] = (line, call) => {
      pages += 1;
      answers({ events: [], nextToken: `page-${String(pages)}` })(line, call);
    };
    expect((await runs.read('e1'))?.events).to.deep.equal([]);
    expect(pages).to.equal(25);
  });

  it('is asked for its definition once, because few such questions are allowed', async () => {
    for (const _ of [1, 2, 3]) await runs.read('e1');
    const asked = operationsSeen().filter((name) => name === 'DescribeStateMachineForExecution');
    expect(asked).to.have.length(1);
    await runs.read('e2');
    expect(operationsSeen().filter((name) => name === 'DescribeStateMachineForExecution')).to.have.length(2);
  });

  it('that waits for a redrive runs', async () => {
    says['DescribeExecution'] = answers({ ...description, status: 'PENDING_REDRIVE' });
    expect((await runs.read('e1'))?.summary.status).to.equal('RUNNING');
  });

  it('that is not there is null, and cannot be stopped', async () => {
    says['DescribeExecution'] = missing;
    expect(await runs.read('e1')).to.equal(null);
    expect(await runs.stop('e1')).to.equal(false);
    expect(operationsSeen()).not.to.include('StopExecution');
  });

  it('that goes while it is read is null', async () => {
    says['GetExecutionHistory'] = missing;
    expect(await runs.read('e1')).to.equal(null);
  });

  it('is stopped with the error that says why', async () => {
    expect(await runs.stop('e1')).to.equal(true);
    expect(server.seen.at(-1)?.body).to.deep.include({ executionArn, error: 'Cancelled' });
  });

  for (const status of ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']) {
    it(`that has ended as ${status} is not stopped`, async () => {
      says['DescribeExecution'] = answers({ ...description, status });
      expect(await runs.stop('e1')).to.equal(false);
      expect(operationsSeen()).to.deep.equal(['DescribeExecution']);
    });
  }

  it('that cannot be read at the moment is a temporary failure', async () => {
    says['GetExecutionHistory'] = refuses(400, 'ThrottlingException');
    expect(await thrownBy(runs.read('e1'))).to.include({ name: 'TemporaryFailure', code: 'THROTTLED' });
  });
});
