// What does a caller read when API Gateway answers by itself?
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { problemDocumentSchema, problemTable } from '../../domain/api/problem.ts';
import { apiWith, gateway } from './captured-api.ts';
import { type CapturedStack, ofType } from './captured-stack.ts';

/** From the API Gateway Developer Guide, "Gateway response types": those that a REST API of ours can give. */
const answers: readonly (readonly [type: string, status: number, code: keyof typeof problemTable])[] = [
  ['ACCESS_DENIED', 401, 'UNAUTHENTICATED'],
  ['AUTHORIZER_FAILURE', 503, 'UNAVAILABLE'],
  ['DEFAULT_4XX', 400, 'INVALID_REQUEST'],
  ['DEFAULT_5XX', 500, 'INTERNAL'],
  ['INTEGRATION_FAILURE', 503, 'UNAVAILABLE'],
  ['INTEGRATION_TIMEOUT', 503, 'UNAVAILABLE'],
  ['MISSING_AUTHENTICATION_TOKEN', 404, 'NOT_FOUND'],
  ['REQUEST_TOO_LARGE', 413, 'TOO_LARGE'],
  ['RESOURCE_NOT_FOUND', 404, 'NOT_FOUND'],
  ['THROTTLED', 429, 'TOO_MANY_REQUESTS'],
  ['UNAUTHORIZED', 401, 'UNAUTHENTICATED'],
  ['UNSUPPORTED_MEDIA_TYPE', 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['WAF_FILTERED', 403, 'FORBIDDEN'],
];

const inputsOf = (from: CapturedStack, type: string): Readonly<Record<string, unknown>> => {
  const found = ofType(from, gateway('Response')).find(({ inputs }) => inputs['responseType'] === type);
  if (!found) throw new Error(`no answer for ${type}`);
  return found.inputs;
};

describe('what API Gateway answers by itself', () => {
  let stack: CapturedStack;
  before(async () => {
    stack = await apiWith();
  });
  const headersOf = (type: string, from = stack) =>
    inputsOf(from, type)['responseParameters'] as Record<string, string>;
  const templatesOf = (type: string) => inputsOf(stack, type)['responseTemplates'] as Record<string, string>;

  it('is every kind of answer that is listed here, and no other', () => {
    const types = ofType(stack, gateway('Response')).map(({ inputs }) => inputs['responseType']);
    expect(types).to.deep.equal(answers.map(([type]) => type));
  });

  for (const [type, status, code] of answers) {
    it(`is for ${type} the problem ${code} with the status ${String(status)}`, () => {
      const { 'application/json': template = '', ...others } = templatesOf(type);
      const problem = problemDocumentSchema.strict().parse(JSON.parse(template));
      expect(problem).to.deep.equal({ type: 'about:blank', ...problemTable[code], code });
      expect(inputsOf(stack, type)['statusCode']).to.equal(String(status));
      expect(others).to.deep.equal({});
      expect(headersOf(type)).to.include({
        'gatewayresponse.header.Content-Type': "'application/problem+json'",
        'gatewayresponse.header.Cache-Control': "'no-store'",
      });
    });
  }

  it('names nothing of the request, of AWS or of what is inside', () => {
    for (const [type] of answers) {
      const text = JSON.stringify([templatesOf(type), headersOf(type)]);
      expect(text, type).to.not.match(/\$|#|context|lambda|cognito|amazon|aws|stack/i);
    }
  });

  it('stands in docs/operate.md as it is', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/operate.md'), 'utf8');
    const rows = [
      ...page.matchAll(/^\| (?<types>(?:`[A-Z_]+`(?:, )?)+) +\| (?<status>\d+) +\| `(?<code>\w+)` +\|$/gmv),
    ];
    const told = rows.flatMap(({ groups }) =>
      (groups?.['types'] ?? '')
        .split(', ')
        .map((type) => [type.replaceAll('`', ''), Number(groups?.['status']), groups?.['code']]),
    );
    expect(told).to.have.deep.members(answers.filter(([type]) => !type.startsWith('DEFAULT_')));
  });

  it('says how to sign in, and when to come again', () => {
    expect(headersOf('UNAUTHORIZED')).to.include({ 'gatewayresponse.header.WWW-Authenticate': "'Bearer'" });
    expect(headersOf('THROTTLED')).to.include({ 'gatewayresponse.header.Retry-After': "'1'" });
    expect(headersOf('INTEGRATION_TIMEOUT')).to.include({ 'gatewayresponse.header.Retry-After': "'5'" });
  });

  it('can be read by the first page elsewhere that the stack names, and by no other (A4, B8)', async () => {
    const closed = await apiWith({ siteOrigins: [] });
    for (const [type] of answers) {
      expect(headersOf(type), type).to.include({
        'gatewayresponse.header.Access-Control-Allow-Origin': "'https://example.com'",
        'gatewayresponse.header.Vary': "'Origin'",
      });
      expect(Object.keys(headersOf(type, closed)).join()).to.not.match(/Access-Control|Vary/);
    }
    expect(JSON.stringify(stack.resources.map(({ inputs }) => inputs))).to.not.include("'*'");
  });
});
