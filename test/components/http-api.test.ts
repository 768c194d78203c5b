// Is an API reachable as it should be, watched, and not asked too often?
import { expect } from 'chai';
import { operations } from '../../domain/api/operations.ts';
import { alarmTable } from '../../systems/alarms.ts';
import { readHealth } from '../../systems/interview/stages.ts';
import { apiWith, contentOf, gateway, health, keyArn, userPoolArn } from './captured-api.ts';
import { type CapturedStack, only, ofType } from './captured-stack.ts';

/** Inputs that only say which API, path, validator, authorizer or model is meant. */
const identities = new Set(['restApi', 'resourceId', 'requestValidatorId', 'authorizerId']);

describe('an API', () => {
  let stack: CapturedStack;
  const inputsOf = (kind: string, name?: string) => only(stack, gateway(kind), name).inputs;
  before(async () => {
    stack = await apiWith();
  });

  it('is regional REST with TLS 1.2 or newer (A4, B62)', () => {
    expect(inputsOf('RestApi')).to.deep.include({
      endpointConfiguration: { types: 'REGIONAL' },
      securityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
    });
  });

  it('has the stage Prod, traced, with an access log of its own (A4, A45, A50)', () => {
    expect(inputsOf('Stage')).to.include({ stageName: 'Prod', xrayTracingEnabled: true });
    expect(only(stack, 'aws:cloudwatch/logGroup:LogGroup', 'api').inputs['name']).to.equal(
      '/aws/apigateway/greenroom-dev-api',
    );
  });

  it('has the log of its own errors before API Gateway would make it, kept and encrypted as all (A46)', () => {
    const group = only(stack, 'aws:cloudwatch/logGroup:LogGroup', 'api-errors');
    expect(group.inputs).to.deep.equal({
      name: 'API-Gateway-Execution-Logs_api-id/Prod',
      retentionInDays: 7,
      kmsKeyId: keyArn,
    });
    expect(only(stack, gateway('Stage')).dependencies).to.include(group.urn);
  });

  it('logs who asked for what and how it ended, and never a token, a body or a user (A50)', () => {
    const { format } = inputsOf('Stage')['accessLogSettings'] as { format: string };
    const fields = JSON.parse(format) as Record<string, string>;
    expect(Object.keys(fields)).to.include.members(['requestId', 'route', 'status', 'latencyMs']);
    expect(format).to.not.match(/authorizer|authorization|header|querystring|body|\$input/i);
    // A path holds ids; the route does not.
    expect(fields['route']).to.equal('$context.resourcePath');
    expect(inputsOf('MethodSettings')['settings']).to.deep.include({ dataTraceEnabled: false });
  });

  it('answers no more requests than the stack says (A51)', () => {
    expect(inputsOf('MethodSettings')).to.deep.include({ methodPath: '*/*', stageName: 'Prod' });
    expect(inputsOf('MethodSettings')['settings']).to.deep.include({
      throttlingRateLimit: 5,
      throttlingBurstLimit: 10,
    });
  });

  it('pays for no metrics of single routes, which no alarm and no graph reads', () => {
    expect(inputsOf('MethodSettings')['settings']).to.deep.include({ metricsEnabled: false });
    expect(alarmTable['http-api'].dimensions).to.deep.equal(['ApiName', 'Stage']);
  });

  it('lets in who has an access token of the user pool, and remembers it for a minute', () => {
    expect(inputsOf('Authorizer')).to.deep.equal({
      restApi: 'api-id',
      type: 'COGNITO_USER_POOLS',
      identitySource: 'method.request.header.Authorization',
      providerArns: [userPoolArn],
      authorizerResultTtlInSeconds: 60,
    });
  });

  it('is deployed after its routes, and again when they or their functions change', async () => {
    expect(only(stack, gateway('Deployment')).dependencies.join()).to.match(/integration:Integration/);
    const other = await apiWith({ routes: [health, { ...health, operation: operations.readSettings }] });
    expect(contentOf(other)).to.not.equal(contentOf(stack));
    expect(contentOf(await apiWith({}, { functionName: 'replaced' }))).to.not.equal(contentOf(stack));
    expect(contentOf(await apiWith())).to.equal(contentOf(stack));
  });

  it('is deployed again when anything changes that a deployment holds', async () => {
    const routes = [{ ...health, operation: operations.writeSettings }];
    const user = await apiWith({ routes });
    for (const kind of ['Method', 'Integration', 'RequestValidator', 'Authorizer']) {
      const held = Object.entries(only(user, gateway(kind)).inputs).filter(([name]) => !identities.has(name));
      expect(held, kind).to.not.have.length(0);
      for (const part of held)
        expect(contentOf(user), kind).to.include(JSON.stringify(Object.fromEntries([part])).slice(1, -1));
    }
    expect(contentOf(user)).to.include(String(only(user, gateway('Model')).inputs['schema']));
    const { ownAnswers } = JSON.parse(contentOf(user)) as { ownAnswers: object[] };
    const given = ofType(user, gateway('Response')).map(({ inputs: { restApiId, ...answer } }) => {
      expect(restApiId).to.equal('api-id');
      return answer;
    });
    expect(ownAnswers).to.have.deep.members(given);
    const slow = { ...health, stage: { ...readHealth, timeoutSeconds: 11 } };
    expect(contentOf(await apiWith({ routes: [slow] }))).to.not.equal(contentOf(stack));
  });

  it('answers no page’s question whether it may call: the app is on the same host (A4)', () => {
    expect(ofType(stack, gateway('Method')).map(({ inputs }) => inputs['httpMethod'])).to.deep.equal(['GET']);
  });

  it('writes its logs as a role of the account that outlives the stack', () => {
    const owned = stack.resources.filter(({ name, type }) => name === 'logging' && type.startsWith('aws:'));
    expect(owned.map(({ type }) => type).toSorted()).to.deep.equal([
      'aws:apigateway/account:Account',
      'aws:iam/role:Role',
      'aws:iam/rolePolicyAttachment:RolePolicyAttachment',
    ]);
    expect(owned.every(({ retainOnDelete }) => retainOnDelete)).to.equal(true);
    expect(only(stack, gateway('Stage')).dependencies.join()).to.match(/account:Account/);
  });

  it('cannot open a route to users while nobody checks who they are', async () => {
    let failure: unknown;
    const routes = [{ ...health, operation: operations.listRecords }];
    await apiWith({ routes, userPoolArn: null }).catch((error: unknown) => {
      failure = error;
    });
    expect(String(failure)).to.include('/records needs an authorizer');
  });
});
