// What would AWS say after making a function, a role, a state machine or an API?
import { arnOf, globalArnOf, random, text, type Kind } from '../making.ts';
import { pseudoRandom, pseudoUuid } from '../pseudo-random.ts';

const lambdaFunction: Kind = (making) => {
  const name = making.named('name', 64);
  const arn = arnOf(making, 'lambda', `function:${name}`);
  const invokePath = `arn:aws:apigateway:${making.region}:lambda:path/2015-03-31/functions`;
  const version = making.inputs['publish'] === true ? '1' : '$LATEST';
  return {
    id: name,
    outputs: {
      name,
      arn,
      version,
      invokeArn: `${invokePath}/${arn}/invocations`,
      qualifiedArn: `${arn}:${version}`,
      qualifiedInvokeArn: `${invokePath}/${arn}:${version}/invocations`,
    },
  };
};

const lambdaAlias: Kind = (making) => {
  const name = making.named('name', 128);
  const given = text(making.inputs, 'functionName');
  const functionArn = given.startsWith('arn:') ? given : arnOf(making, 'lambda', `function:${given}`);
  const arn = `${functionArn}:${name}`;
  const path = `arn:aws:apigateway:${making.region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
  return { id: arn, outputs: { name, arn, invokeArn: path } };
};

const eventSourceMapping: Kind = (making) => {
  const uuid = pseudoUuid(making.urn);
  const given = text(making.inputs, 'functionName');
  const functionArn = given.startsWith('arn:') ? given : arnOf(making, 'lambda', `function:${given}`);
  const arn = arnOf(making, 'lambda', `event-source-mapping:${uuid}`);
  return { id: uuid, outputs: { uuid, arn, functionArn, state: 'Enabled' } };
};

const role: Kind = (making) => {
  const name = making.named('name', 64);
  const path = text(making.inputs, 'path') || '/';
  return {
    id: name,
    outputs: {
      name,
      arn: globalArnOf(making, 'iam', `role${path}${name}`),
      uniqueId: `AROA${random(making, 'upper', 17)}`,
      path,
    },
  };
};

const rolePolicy: Kind = (making) => {
  const name = making.named('name', 128);
  return { id: `${text(making.inputs, 'role')}:${name}`, outputs: { name } };
};

const policy: Kind = (making) => {
  const name = making.named('name', 128);
  const arn = globalArnOf(making, 'iam', `policy${text(making.inputs, 'path') || '/'}${name}`);
  return { id: arn, outputs: { name, arn, policyId: `ANPA${random(making, 'upper', 17)}` } };
};

const stateMachine: Kind = (making) => {
  const name = making.named('name', 80);
  const arn = arnOf(making, 'states', `stateMachine:${name}`);
  return { id: arn, outputs: { name, arn, status: 'ACTIVE', stateMachineVersionArn: `${arn}:1` } };
};

const httpApi: Kind = (making) => {
  const id = random(making, 'alphanum', 10);
  return {
    id,
    outputs: {
      name: making.named('name', 128),
      apiEndpoint: `https://${id}.execute-api.${making.region}.amazonaws.com`,
      arn: `arn:aws:apigateway:${making.region}::/apis/${id}`,
      executionArn: arnOf(making, 'execute-api', id),
    },
  };
};

const httpApiStage: Kind = (making) => {
  const apiId = text(making.inputs, 'apiId');
  const name = making.named('name', 128);
  const path = name === '$default' ? '/' : `/${name}`;
  return {
    id: name,
    outputs: {
      name,
      invokeUrl: `https://${apiId}.execute-api.${making.region}.amazonaws.com${path}`,
      arn: `arn:aws:apigateway:${making.region}::/apis/${apiId}/stages/${name}`,
      executionArn: arnOf(making, 'execute-api', `${apiId}/${name}`),
    },
  };
};

const apiPart =
  (length: number): Kind =>
  (making) => ({ id: random(making, 'alphanum', length), outputs: {} });

const restApi: Kind = (making) => {
  const id = random(making, 'alphanum', 10);
  return {
    id,
    outputs: {
      name: making.named('name', 128),
      rootResourceId: pseudoRandom(`${making.urn} root`, 'alphanum', 10),
      arn: `arn:aws:apigateway:${making.region}::/restapis/${id}`,
      executionArn: arnOf(making, 'execute-api', id),
    },
  };
};

const restApiStage: Kind = (making) => {
  const api = text(making.inputs, 'restApi');
  const name = text(making.inputs, 'stageName');
  return {
    id: `ags-${api}-${name}`,
    outputs: {
      arn: `arn:aws:apigateway:${making.region}::/restapis/${api}/stages/${name}`,
      executionArn: arnOf(making, 'execute-api', `${api}/${name}`),
      invokeUrl: `https://${api}.execute-api.${making.region}.amazonaws.com/${name}`,
    },
  };
};

export const functions: { readonly [type: string]: Kind } = {
  'aws:apigateway/deployment:Deployment': apiPart(6),
  'aws:apigateway/resource:Resource': apiPart(6),
  'aws:apigateway/restApi:RestApi': restApi,
  'aws:apigateway/stage:Stage': restApiStage,
  'aws:apigatewayv2/api:Api': httpApi,
  'aws:apigatewayv2/authorizer:Authorizer': apiPart(6),
  'aws:apigatewayv2/integration:Integration': apiPart(7),
  'aws:apigatewayv2/route:Route': apiPart(7),
  'aws:apigatewayv2/stage:Stage': httpApiStage,
  'aws:iam/policy:Policy': policy,
  'aws:iam/role:Role': role,
  'aws:iam/rolePolicy:RolePolicy': rolePolicy,
  'aws:lambda/alias:Alias': lambdaAlias,
  'aws:lambda/eventSourceMapping:EventSourceMapping': eventSourceMapping,
  'aws:lambda/function:Function': lambdaFunction,
  'aws:sfn/stateMachine:StateMachine': stateMachine,
};
