// What becomes of a record and of an execution when their service is busy, or its answer is lost (A11, A15, A57)?
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { expect } from 'chai';
import { newRecordId, type RecordId } from '../../../domain/ids.ts';
import { brief, clientOptions } from '../../../services/aws/clients.ts';
import { createExecutionStarter } from '../../../services/aws/executions.ts';
import { createRecordTable } from '../../../services/aws/records.ts';
import type { ExecutionStarter, RecordResult, RecordTable } from '../../../services/contracts.ts';
import { analysisMachine, recordsTable } from '../../../systems/interview/names.ts';
import { thrownBy } from '../../services/contracts/object-store.ts';
import { newRecord } from '../../services/contracts/record-table.ts';
import { openBadNetwork, type BadNetwork, type Fault } from '../support/bad-network.ts';
import { known, makeCloud, type Cloud } from '../support/cloud.ts';
import { endpoint } from '../support/server.ts';

const json = (status: number, type: string): Fault => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify({ __type: `com.amazonaws.service#${type}`, message: type }),
});

const succeeded: RecordResult = { status: 'SUCCEEDED', problems: [], reportKey: 'analyses/report.json' };

describe('records and executions over a bad network', () => {
  let cloud: Cloud;
  let network: BadNetwork;
  let table: RecordTable;
  let starter: ExecutionStarter;
  let id: RecordId;
  let fault: Fault | null;
  let faultsLeft: number;

  before(async () => {
    cloud = await makeCloud();
  });
  beforeEach(async () => {
    fault = null;
    network = await openBadNetwork(endpoint(), () => (faultsLeft-- > 0 ? fault : null));
    const options = {
      ...clientOptions({ requestMs: 300, silenceMs: 300 }),
      endpoint: network.endpoint,
    };
    table = createRecordTable({
      tableName: known(cloud.tables, recordsTable),
      client: new DynamoDBClient(options),
    });
    starter = createExecutionStarter({
      stateMachineArn: known(cloud.machines, analysisMachine),
      client: new SFNClient(options),
    });
    id = newRecordId();
    await table.create(newRecord(id));
  });
  afterEach(() => network.close());

  const goWrong = (next: Fault, times = Number.POSITIVE_INFINITY): void => {
    fault = next;
    faultsLeft = times;
  };
  const goWell = (): void => goWrong({ kind: 'silence' }, 0);
  /** How many executions there are of that name. */
  const executionsOf = async (name: string): Promise<number> => {
    const stateMachineArn = known(cloud.machines, analysisMachine);
    const { executions = [] } = await new SFNClient({}).send(new ListExecutionsCommand({ stateMachineArn }));
    return executions.filter((execution) => execution.name === name).length;
  };

  const passing: readonly (readonly [string, Fault])[] = [
    ['too much traffic', json(400, 'ProvisionedThroughputExceededException')],
    ['throttling', json(400, 'ThrottlingException')],
    ['a broken server', json(500, 'InternalServerError')],
    ['a broken connection', { kind: 'cut request' }],
    ['a lost answer', { kind: 'lose answer' }],
    ['silence', { kind: 'silence' }],
    ['an answer in drops', { kind: 'drip' }],
  ];
  for (const [what, once] of passing) {
    it(`claims a record after ${what}`, async () => {
      goWrong(once, 1);
      expect(await table.claim(id, 'e1')).to.equal(true);
      expect(await table.read(id)).to.include({ status: 'PROCESSING', executionName: 'e1' });
    });

    it(`closes a record after ${what}`, async () => {
      await table.claim(id, 'e1');
      goWrong(once, 1);
      expect(await table.finish(id, 'e1', succeeded)).to.equal(true);
      expect(await table.read(id)).to.include({ status: 'SUCCEEDED' });
    });

    it(`creates a record after ${what}`, async () => {
      const other = newRecord(newRecordId());
      goWrong(once, 1);
      expect(await table.create(other)).to.equal(true);
      expect(await table.read(other.recordId)).to.deep.equal(other);
    });

    it(`starts one execution after ${what}`, async () => {
      goWrong(once, 1);
      expect(await starter.start(id, { b: 1, a: 2 })).to.equal('STARTED');
      expect(await executionsOf(id)).to.equal(1);
    });
  }

  it('says that a name is taken, however it was taken (A11)', async () => {
    expect(await starter.start(id, { a: 1, b: { d: 1, c: 2 } })).to.equal('STARTED');
    expect(await starter.start(id, { b: { c: 2, d: 1 }, a: 1 })).to.equal('STARTED');
    expect(await starter.start(id, { a: 2 })).to.equal('ALREADY_EXISTS');
    expect(await executionsOf(id)).to.equal(1);
  });

  const lasting: readonly (readonly [Fault, object, number])[] = [
    [json(400, 'ProvisionedThroughputExceededException'), { name: 'TemporaryFailure', code: 'THROTTLED' }, 3],
    [json(400, 'ThrottlingException'), { name: 'TemporaryFailure', code: 'THROTTLED' }, 3],
    [json(503, 'ServiceUnavailable'), { name: 'TemporaryFailure', code: 'UPSTREAM' }, 3],
    [{ kind: 'silence' }, { name: 'TemporaryFailure', code: 'UPSTREAM' }, 3],
    [{ kind: 'drip' }, { name: 'TemporaryFailure', code: 'UPSTREAM' }, 3],
    [json(400, 'AccessDeniedException'), { name: 'InternalError', code: 'BUG' }, 1],
    [json(400, 'ResourceNotFoundException'), { name: 'InternalError', code: 'BUG' }, 1],
    [json(400, 'ValidationException'), { name: 'ServiceRejected', code: 'UPSTREAM' }, 1],
  ];
  for (const [always, error, tries] of lasting) {
    const what = always.kind === 'answer' ? always.body : always.kind;
    it(`fails in the right family after ${tries} of ${what}`, async () => {
      goWrong(always);
      const before = network.requests.length;
      const failure = await thrownBy(table.claim(id, 'e1'));
      expect(failure).to.include(error);
      expect(failure).to.have.property('cause').that.is.instanceOf(Error);
      expect(network.requests.length - before).to.equal(tries);
      goWell();
      expect(await table.read(id)).to.include({ status: 'UPLOADING' });
    });
  }

  it('gives a service that never answers up within 11 s, as every function is told', async () => {
    goWrong({ kind: 'silence' });
    const client = new DynamoDBClient({ ...clientOptions(brief), endpoint: network.endpoint });
    const startedAt = performance.now();
    const patient = createRecordTable({ tableName: known(cloud.tables, recordsTable), client });
    expect(await thrownBy(patient.read(id))).to.include({ name: 'TemporaryFailure' });
    expect(performance.now() - startedAt).to.be.within(9000, 11_000);
  }).timeout(20_000);
});
