// Does the published description of the API say what the API does?
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { commonProblems, type Operation } from '../../domain/api/operation.ts';
import { operations } from '../../domain/api/operations.ts';
import { problemTable, type ProblemCode } from '../../domain/api/problem.ts';
import { interviewRoutes } from '../../systems/interview/routes.ts';
import { interviewStages } from '../../systems/interview/stages.ts';

interface Described {
  readonly operationId: string;
  readonly security: readonly object[];
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly content: { readonly [type: string]: { readonly schema: object } } };
  readonly responses: { readonly [status: string]: { readonly description: string } };
}

const all: readonly Operation[] = Object.values(operations);

describe('the OpenAPI document', () => {
  let paths: { readonly [path: string]: { readonly [method: string]: Described } };
  let openapi: string;

  before(async () => {
    const text = await readFile(new URL('../../docs/openapi.json', import.meta.url), 'utf8');
    ({ paths, openapi } = JSON.parse(text) as { paths: typeof paths; openapi: string });
  });

  const described = ({ path, method }: Operation): Described | undefined =>
    paths[path]?.[method.toLowerCase()];

  it('is of version 3.1 and has every operation once', () => {
    expect(openapi).to.match(/^3\.1\./);
    const ids = Object.values(paths).flatMap((methods) =>
      Object.values(methods).map((one) => one.operationId),
    );
    expect(ids).to.have.members(Object.keys(operations));
  });

  for (const operation of all) {
    it(`describes what ${operation.id} takes, gives and refuses`, () => {
      const one = described(operation);
      expect(one?.security).to.have.length(operation.access === 'user' ? 1 : 0);
      const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const inPath = one?.parameters?.filter((parameter) => parameter.in === 'path') ?? [];
      expect(inPath.map(({ name }) => name)).to.deep.equal(names);
      const inQuery = one?.parameters?.filter((parameter) => parameter.in === 'query') ?? [];
      expect(inQuery.map(({ name }) => name)).to.have.members(Object.keys(operation.query.shape));
      expect(one?.requestBody !== undefined).to.equal(operation.body !== null);
      const statuses = operation.problems.map((code) => String(problemTable[code].status));
      expect(one?.responses).to.include.keys(String(operation.answer.status), '400', '500', ...statuses);
      if (operation.access === 'user') expect(one?.responses).to.include.keys('401');
    });
  }

  it('names each code of a problem in the sentence of its status', () => {
    const codes: readonly ProblemCode[] = ['CONFLICT', 'NOT_FOUND', ...commonProblems];
    const text = JSON.stringify(paths);
    for (const code of codes) expect(text).to.include(`\`${code}\`: `);
  });
});

describe('the routes of the API', () => {
  it('give every operation to a stage of the system', () => {
    expect(interviewRoutes.map(({ operation }) => operation.id)).to.have.members(Object.keys(operations));
    for (const { stage } of interviewRoutes) expect(interviewStages).to.include(stage);
  });

  it('name each operation as its key, and each path and method once', () => {
    for (const [key, { id }] of Object.entries(operations)) expect(id).to.equal(key);
    const addresses = all.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(addresses).size).to.equal(addresses.length);
  });

  it('let nobody in without a token but to ask for the health', () => {
    expect(all.filter(({ access }) => access === 'public').map(({ id }) => id)).to.deep.equal(['readHealth']);
  });

  it('have a schema for every parameter of their path and none beside them', () => {
    for (const { path, parameters } of all)
      expect(Object.keys(parameters.shape)).to.deep.equal(
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
      );
  });
});
