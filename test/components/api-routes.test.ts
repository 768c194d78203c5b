// Is every operation of the contract a method of API Gateway, for those who may call it, and nothing else?
import { expect } from 'chai';
import type { Operation } from '../../domain/api/operation.ts';
import { operations } from '../../domain/api/operations.ts';
import { interview } from '../../systems/interview/system.ts';
import { apiWith, gateway, health } from './captured-api.ts';
import { type Captured, type CapturedStack, only, ofType } from './captured-stack.ts';

const all: readonly Operation[] = Object.values(operations);
const id = (path: string): string => path.slice(1).replaceAll(/[{}]/g, '').replaceAll('/', '-');

for (const preview of [false, true]) {
  describe(`the API of the interview system ${preview ? 'in a preview' : 'deployed'}`, () => {
    let stack: CapturedStack;
    before(async () => {
      stack = await apiWith({ routes: interview.routes }, { preview });
    });
    const methodOf = ({ method, path }: Operation): Captured =>
      only(stack, gateway('Method'), `api-${method.toLowerCase()}-${id(path)}`);

    it('has one method for every operation, each with one integration and one permission', () => {
      for (const type of [gateway('Method'), gateway('Integration'), 'aws:lambda/permission:Permission'])
        expect(ofType(stack, type), type).to.have.length(all.length);
      expect(ofType(stack, gateway('Method')).map(({ inputs }) => inputs['operationName'])).to.have.members(
        all.map((operation) => operation.id),
      );
    });

    for (const operation of all) {
      it(`lets ${operation.access === 'user' ? 'only users with an access token' : 'anybody'} ${operation.id}`, () => {
        const { inputs } = methodOf(operation);
        const expected =
          operation.access === 'user'
            ? { authorization: 'COGNITO_USER_POOLS', authorizationScopes: ['openid'] }
            : { authorization: 'NONE' };
        expect(inputs).to.deep.include({ httpMethod: operation.method, ...expected });
        expect('authorizerId' in inputs).to.equal(operation.access === 'user');
      });
    }

    it('opens nothing but the health check to the public', () => {
      const open = ofType(stack, gateway('Method')).filter(
        ({ inputs }) => inputs['authorization'] !== 'COGNITO_USER_POOLS',
      );
      expect(open.map(({ name }) => name)).to.deep.equal(['api-get-health']);
    });

    it('checks every request, and the body of those that have one, whatever it calls itself', () => {
      const withBody = all.filter(({ body }) => body !== null);
      expect(ofType(stack, gateway('Model')).map(({ inputs }) => inputs['name'])).to.have.members(
        withBody.map((operation) => operation.id),
      );
      for (const operation of all) {
        const { inputs } = methodOf(operation);
        expect('requestValidatorId' in inputs, operation.id).to.equal(true);
        expect(inputs['requestModels'], operation.id).to.deep.equal(
          operation.body === null ? undefined : { $default: operation.id },
        );
      }
    });

    it('asks for what stands in the path, and names what may stand in the query', () => {
      for (const operation of all) {
        const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(
          ([, name]) => [`method.request.path.${name ?? ''}`, true] as const,
        );
        const inQuery = Object.keys(operation.query.shape).map(
          (name) => [`method.request.querystring.${name}`, false] as const,
        );
        expect(methodOf(operation).inputs['requestParameters'], operation.id).to.deep.equal(
          Object.fromEntries([...inPath, ...inQuery]),
        );
      }
    });
  });
}

describe('a route of an API', () => {
  it('goes to its function as it is, and to no other (A3)', async () => {
    const stack = await apiWith();
    expect(only(stack, gateway('Integration')).inputs).to.include({
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

  it('may call its function on its own path and by its own method alone', async () => {
    const routes = [{ ...health, operation: operations.renewUpload }];
    const permission = only(await apiWith({ routes }), 'aws:lambda/permission:Permission');
    expect(permission.inputs['sourceArn']).to.match(/api\/Prod\/POST\/records\/\*\/uploads$/);
  });

  it('has a resource for every beginning of its path, once for all that share it', async () => {
    const { readHealth, readRecord, listRecords } = operations;
    const routes = [readHealth, readRecord, listRecords].map((operation) => ({
      operation,
      stage: health.stage,
    }));
    const resources = ofType(await apiWith({ routes }), gateway('Resource')).map(({ name, inputs }) => [
      name,
      inputs['parentId'],
      inputs['pathPart'],
    ]);
    expect(resources).to.deep.equal([
      ['api-health', 'root', 'health'],
      ['api-records', 'root', 'records'],
      ['api-records-recordId', 'api-records-id', '{recordId}'],
    ]);
  });
});
