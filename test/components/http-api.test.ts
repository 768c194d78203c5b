// Is every route of a system reachable, and nothing else, and not too often?
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { ApiLoggingAccount } from '../../components/api-logging-account.ts';
import { HttpApi, type HttpApiArgs } from '../../components/http-api.ts';
import { PipelineStage } from '../../components/pipeline-stage.ts';
import { only as lookUp } from '../../components/places.ts';
import { readHealth } from '../../systems/interview/stages.ts';
import type { RouteSpecification } from '../../systems/system.ts';
import { capture, type CapturedStack, only, ofType } from './captured-stack.ts';

const keyArn = 'arn:aws:kms:us-east-1:123456789012:key/1';
const logs = { retentionDays: 7, keyArn };
const monitoring = { declined: 'a test' };
const nowhere = lookUp({});
const health: RouteSpecification = { method: 'GET', path: '/health', stage: readHealth, access: 'public' };

const apiWith = (changes: Partial<HttpApiArgs> = {}, functionName = 'health'): Promise<CapturedStack> =>
  capture(() => {
    const stage = new PipelineStage(functionName, {
      stage: { ...readHealth, grants: [] },
      imageUri: 'repository@sha256:1',
      architecture: 'arm64',
      reservedConcurrency: null,
      places: {
        accountId: '123456789012',
        region: 'us-east-1',
        keyArn,
        model: null,
        labelsPictures: false,
        bucketArn: nowhere,
        tableArn: nowhere,
        machineArn: nowhere,
        queueArn: nowhere,
      },
      variable: nowhere,
      logs,
      monitoring,
    });
    new HttpApi('api', {
      routes: [health],
      stages: new Map([[readHealth.name, stage]]),
      siteOrigins: ['https://example.com', 'https://other.example.com'],
      throttle: { rate: 5, burst: 10 },
      loggingAccount: new ApiLoggingAccount('logging', {}),
      logs,
      monitoring,
      ...changes,
    });
  });

const gateway = (kind: string): string =>
  `aws:apigateway/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;

/** What a deployment of the API is a snapshot of. */
const content = (from: CapturedStack): string =>
  (only(from, gateway('Deployment')).inputs['triggers'] as { content: string }).content;
/** Inputs that only say which API, path and validator is meant. */
const identities = new Set(['restApi', 'resourceId', 'requestValidatorId']);

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
    expect(inputsOf('MethodSettings')['settings']).to.deep.include({ dataTraceEnabled: false });
  });

  it('answers no more requests than the stack says (A51)', () => {
    expect(inputsOf('MethodSettings')).to.deep.include({ methodPath: '*/*', stageName: 'Prod' });
    expect(inputsOf('MethodSettings')['settings']).to.deep.include({
      throttlingRateLimit: 5,
      throttlingBurstLimit: 10,
    });
  });

  it('hands a route to its function, as it is, and to no other (A3)', () => {
    expect(inputsOf('Method')).to.deep.include({
      httpMethod: 'GET',
      authorization: 'NONE',
      requestValidatorId: 'api-id',
    });
    expect(inputsOf('Integration')).to.include({
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: 'arn:aws:lambda:us-east-1:123456789012:health/invocations',
      timeoutMilliseconds: 10_000,
    });
    expect(only(stack, 'aws:lambda/permission:Permission').inputs).to.deep.equal({
      action: 'lambda:InvokeFunction',
      function: 'health',
      principal: 'apigateway.amazonaws.com',
      sourceArn: 'arn:aws:execute-api:us-east-1:123456789012:api/Prod/GET/health',
    });
  });

  it('lets the site read the errors that the API makes by itself, and no other site (A4, B8)', () => {
    const responses = ofType(stack, gateway('Response'));
    expect(responses.map(({ inputs }) => inputs['responseType'])).to.deep.equal([
      'DEFAULT_4XX',
      'DEFAULT_5XX',
    ]);
    for (const { inputs } of responses) {
      expect(inputs['responseParameters']).to.deep.equal({
        'gatewayresponse.header.Access-Control-Allow-Origin': "'https://example.com'",
        'gatewayresponse.header.Vary': "'Origin'",
      });
    }
    expect(JSON.stringify(stack.resources.map(({ inputs }) => inputs))).to.not.include("'*'");
  });

  it('has no such header without a site', async () => {
    expect(ofType(await apiWith({ siteOrigins: [] }), gateway('Response'))).to.deep.equal([]);
  });

  it('is deployed after its routes, and again when they or their functions change', async () => {
    const triggers = (from: CapturedStack) => only(from, gateway('Deployment')).inputs['triggers'];
    expect(only(stack, gateway('Deployment')).dependencies.join()).to.match(/integration:Integration/);
    const other = await apiWith({ routes: [health, { ...health, method: 'DELETE' }] });
    expect(triggers(other)).to.not.deep.equal(triggers(stack));
    expect(triggers(await apiWith({}, 'replaced'))).to.not.deep.equal(triggers(stack));
    expect(triggers(await apiWith())).to.deep.equal(triggers(stack));
  });

  it('is deployed again when anything changes that a deployment holds', async () => {
    for (const kind of ['Method', 'Integration', 'RequestValidator']) {
      const held = Object.entries(inputsOf(kind)).filter(([name]) => !identities.has(name));
      expect(held, kind).to.not.have.length(0);
      for (const part of held)
        expect(content(stack), kind).to.include(JSON.stringify(Object.fromEntries([part])).slice(1, -1));
    }
    for (const { inputs } of ofType(stack, gateway('Response')))
      expect(content(stack)).to.include(JSON.stringify(inputs['responseParameters']));
    const slow = { ...health, stage: { ...readHealth, timeoutSeconds: 11 } };
    expect(content(await apiWith({ routes: [slow] }))).to.not.equal(content(stack));
  });

  it('answers no page’s question whether it may call, as the setting siteOrigins says', () => {
    expect(ofType(stack, gateway('Method')).map(({ inputs }) => inputs['httpMethod'])).to.deep.equal(['GET']);
    const { config } = parse(readFileSync('Pulumi.yaml', 'utf8')) as {
      config: { siteOrigins: { description: string } };
    };
    expect(config.siteOrigins.description).to.match(/none yet its other answers$/);
  });

  it('has a resource for every beginning of a path, once, and asks for its parameters', async () => {
    const nested = await apiWith({
      routes: [health, { ...health, path: '/records/{id}' }, { ...health, path: '/records' }],
    });
    const resources = ofType(nested, gateway('Resource')).map(({ name, inputs }) => [
      name,
      inputs['parentId'],
      inputs['pathPart'],
    ]);
    expect(resources).to.deep.equal([
      ['api-health', 'root', 'health'],
      ['api-records', 'root', 'records'],
      ['api-records-id', 'api-records-id', '{id}'],
    ]);
    expect(only(nested, gateway('Method'), 'api-get-records-id').inputs['requestParameters']).to.deep.equal({
      'method.request.path.id': true,
    });
    const permission = only(nested, 'aws:lambda/permission:Permission', 'api-get-records-id');
    expect(permission.inputs['sourceArn']).to.match(/\/Prod\/GET\/records\/\*$/);
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
    await apiWith({ routes: [{ ...health, access: 'user' }] }).catch((error: unknown) => {
      failure = error;
    });
    expect(String(failure)).to.include('/health needs an authorizer');
  });
});
