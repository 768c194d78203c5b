// May a state machine call exactly its stages, and does it say what it did without saying about whom?
import { expect } from 'chai';
import { stagesOf, StateMachine } from '../../components/state-machine.ts';
import { compile } from '../../systems/machine.ts';
import { interview } from '../../systems/interview/system.ts';
import { capture, type CapturedStack, only, statementsIn } from './captured-stack.ts';

const machine = interview.machines[0];
if (!machine) throw new Error('the interview system has a machine');
const functionArn = (stage: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${stage}`;

describe('a state machine', () => {
  let stack: CapturedStack;
  const inputs = () => only(stack, 'aws:sfn/stateMachine:StateMachine').inputs;
  before(async () => {
    stack = await capture(() => {
      new StateMachine('analyse', {
        machine,
        functionArn,
        accountId: '123456789012',
        logs: { retentionDays: 7, keyArn: 'arn:aws:kms:us-east-1:123456789012:key/1' },
        monitoring: { declined: 'a test' },
      });
    });
  });

  it('runs the typed pipeline with the ARNs of the functions in it', () => {
    expect(JSON.parse(String(inputs()['definition']))).to.deep.equal(
      compile(machine.machine, { functionArn }),
    );
  });

  it('is of the type that never runs an execution twice, and is traced (A45, B6)', () => {
    expect(inputs()).to.deep.include({ type: 'STANDARD', tracingConfiguration: { enabled: true } });
  });

  it('logs every event without its data (A46, A49)', () => {
    expect(inputs()['loggingConfiguration']).to.deep.equal({
      level: 'ALL',
      includeExecutionData: false,
      logDestination: 'arn:aws:cloudwatch:us-east-1:123456789012:analyse:*',
    });
    expect(only(stack, 'aws:cloudwatch/logGroup:LogGroup').inputs['name']).to.equal(
      '/aws/vendedlogs/states/greenroom-dev-analyse',
    );
  });

  it('may call its stages and no other function (A21, A52)', () => {
    const statements = statementsIn(only(stack, 'aws:iam/rolePolicy:RolePolicy').inputs['policy']);
    expect(statements[0]).to.deep.equal({
      Effect: 'Allow',
      Action: ['lambda:InvokeFunction'],
      Resource: [
        'probe-recording',
        'convert-video',
        'start-transcription',
        'read-transcription',
        'measure-text',
        'finalize-record',
      ].map(functionArn),
    });
    const others = statements.slice(1).flatMap(({ Action }) => Action as string[]);
    expect(others.filter((action) => !/^(logs|xray):/.test(action))).to.deep.equal([]);
  });

  it('is made after its policy, which Step Functions tries at once', () => {
    expect(only(stack, 'aws:sfn/stateMachine:StateMachine').dependencies.join()).to.match(
      /rolePolicy:RolePolicy/,
    );
  });

  it('can be taken by Step Functions for this account only', () => {
    const [trust] = statementsIn(only(stack, 'aws:iam/role:Role').inputs['assumeRolePolicy']);
    expect(trust).to.deep.include({
      Principal: { Service: 'states.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
    });
  });

  it('names each stage that it calls once', () => {
    expect(stagesOf(machine)).to.have.length(6);
  });
});
