// Is an API what its table of operations says, and nothing else?
import { operations } from '../../domain/api/operations.ts';
import { dependents, prerequisites } from '../neighbours.ts';
import { input, isProperties, textOf, textsOf } from '../read.ts';
import type { Resource, StackGraph } from '../resource.ts';
import { type Rule, unless } from '../rule.ts';
import { isPreflight } from './http-api.ts';

const method = 'aws:apigateway/method:Method';
const part = 'aws:apigateway/resource:Resource';

/** Path of a method, or of a part of one: `/records/{recordId}`. */
function pathOf(graph: StackGraph, resource: Resource): string {
  const own = resource.type === part ? [textOf(resource, 'pathPart') ?? ''] : [];
  const [above] = prerequisites(graph, resource, part);
  return [...(above ? [pathOf(graph, above)] : []), ...own].join('/').replace(/^(?!\/)/, '/');
}

const operationOf = (graph: StackGraph, resource: Resource) => {
  const path = pathOf(graph, resource);
  return Object.values(operations).find(
    (operation) => operation.path === path && operation.method === textOf(resource, 'httpMethod'),
  );
};

export const apiOperationRules: readonly Rule[] = [
  {
    name: 'api-methods-are-operations',
    asks: 'Every method answers an operation of domain/api/operations.ts; those for users want an access token of the user pool, and bodies have a model.',
    why: 'A method that is not in the table has no contract, no test and nobody who decided whom it lets in.',
    sources: ['A7'],
    severity: 'critical',
    scope: 'stack',
    types: [method],
    check: (resource, graph) => {
      if (isPreflight(resource)) return [];
      const operation = operationOf(graph, resource);
      if (!operation) return ['is no operation of the API'];
      return [
        ...unless(
          operation.access === 'public' ||
            (textOf(resource, 'authorization') === 'COGNITO_USER_POOLS' &&
              textOf(resource, 'authorizerId') !== undefined &&
              textsOf(resource, 'authorizationScopes').includes('openid')),
          `lets ${operation.id} be asked without an access token`,
        ),
        ...unless(
          operation.body === null || isProperties(input(resource, 'requestModels')),
          `takes any body for ${operation.id}`,
        ),
      ];
    },
  },
  {
    name: 'api-answers-every-operation',
    asks: 'Every operation of domain/api/operations.ts has a method.',
    why: 'The app would ask for something that is not there.',
    sources: ['A4'],
    severity: 'medium',
    scope: 'stack',
    types: ['aws:apigateway/restApi:RestApi'],
    check: (resource, graph) => {
      const answered = new Set(dependents(graph, resource, method).map((one) => operationOf(graph, one)?.id));
      return Object.values(operations)
        .filter(({ id }) => !answered.has(id))
        .map(({ id }) => `does not answer ${id}`);
    },
  },
];
