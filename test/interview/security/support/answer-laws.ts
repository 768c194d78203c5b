// Which laws does every answer keep, whoever asked for what?
import { homedir } from 'node:os';
import { expect } from 'chai';
import type { Operation } from '../../../../domain/api/operation.ts';
import { problemDocumentSchema, problemTable } from '../../../../domain/api/problem.ts';
import { projectFolder } from '../../support/command-line.ts';

/** An answer as its receiver sees it; names of headers in lower case. */
export interface Seen {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly text: string;
}

export interface Circumstances {
  /** What was asked, when the table knows it. */
  readonly operation?: Operation;
  /** Texts that nobody may read here: tokens, secrets, folders, ids of other users. */
  readonly secrets: readonly string[];
  /** Texts that the caller wrote and sees again. */
  readonly own?: readonly string[];
}

const stackTrace = /\n\s+at |\bat [\w.<>]+ \(|\b(?:file|node):\/*[\w/]+|\.[cm]?[jt]s:\d+/;
const sql = /\bSELECT\b.+\bFROM\b|\bINSERT INTO\b|\bDELETE FROM\b|\bSQLITE_|ERR_SQLITE|\bsqlite\b/i;
const machinePath = /\/(?:tmp|home|root|usr|var|etc|proc)\/|[A-Z]:\\/;

function expectNoInside(text: string, { secrets, own = [] }: Circumstances): void {
  const [foreign] = [own.reduce((left, one) => left.replaceAll(JSON.stringify(one).slice(1, -1), ''), text)];
  expect(foreign).not.to.match(stackTrace);
  expect(foreign).not.to.match(sql);
  expect(foreign).not.to.match(machinePath);
  for (const secret of [...secrets, projectFolder, homedir()].filter((one) => one.length > 1))
    expect(text, `tells ${secret}`).not.to.contain(secret);
}

function expectProblem({ status, headers, text }: Seen): void {
  expect(headers['content-type']).to.equal('application/problem+json');
  const given: unknown = JSON.parse(text);
  const problem = problemDocumentSchema.parse(given);
  expect(problem).to.deep.equal(given);
  expect(problem.status).to.equal(status);
  expect(problemTable[problem.code].status).to.equal(status);
  if (status === 401) expect(headers['www-authenticate']).to.equal('Bearer');
  if (status === 405) expect(headers['allow']).to.match(/^[A-Z]+(?:, [A-Z]+)*$/);
}

function expectSuccess({ status, headers, text }: Seen, { operation }: Circumstances): void {
  if (text === '') return;
  expect(headers['content-type']).to.equal('application/json');
  const given: unknown = JSON.parse(text);
  if (!operation?.answer.body) return;
  expect(status).to.equal(operation.answer.status);
  expect(operation.answer.body.parse(given)).to.deep.equal(given);
}

/** For answers of the API that are no files; throws for whatever breaks a law. */
export function expectLawful(seen: Seen, circumstances: Circumstances): void {
  const { status, headers, text } = seen;
  expect(headers['x-content-type-options'], 'nosniff').to.equal('nosniff');
  expect(headers['cache-control'], 'no-store').to.equal('no-store');
  expect(headers['content-security-policy'], 'policy').to.contain("default-src 'none'");
  expect(headers).not.to.have.any.keys('access-control-allow-origin', 'set-cookie', 'server', 'x-powered-by');
  if (status >= 400 && text !== '') expectProblem(seen);
  if (status < 300) expectSuccess(seen, circumstances);
  const words = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  expectNoInside([text, ...words].join('\n'), circumstances);
}
