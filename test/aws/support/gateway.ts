// What stands between a browser and the deployed system? CloudFront with its functions, and API Gateway behind it.
import { readFile } from 'node:fs/promises';
import { runInNewContext } from 'node:vm';
import { ownAnswers } from '../../../components/api-answers.ts';
import type { SiteFile } from '../../../components/site-files.ts';
import { apiFunction, apiPrefix, pageFunction } from '../../../components/web-site/edge-functions.ts';
import type { SiteConfig } from '../../../domain/api/site-config.ts';
import { siteHeaders, type SitePlaces } from '../../../domain/site-headers.ts';
import type { HttpAnswer } from '../../../handlers/support/http.ts';
import { proxyEventOf } from '../../../local/server/proxy-event.ts';
import { interviewRoutes } from '../../../systems/interview/routes.ts';
import type { RouteSpecification } from '../../../systems/system.ts';
import { openLoopback, type Loopback, type LoopbackAnswer, type LoopbackRequest } from './loopback.ts';

export interface GatewayOptions {
  /** What the deployment puts into the site's bucket. */
  readonly files: readonly SiteFile[];
  /** API Gateway's authorizer. */
  readonly isAuthorized: (authorization: string | undefined) => Promise<boolean>;
  /** The function of a stage. */
  readonly invoke: (stage: string, event: object) => Promise<HttpAnswer>;
}

/** What the deployment knows of the places around the site. */
export interface SiteSettings {
  readonly config: SiteConfig;
  readonly places: SitePlaces;
}

export interface Gateway extends Loopback {
  /** The issuer names the site's address, and the site the issuer's: it is told after it has opened. */
  readonly configure: (settings: SiteSettings) => void;
  /** What the API was asked, and its status. */
  readonly calls: readonly { readonly operation: string; readonly status: number }[];
}

interface EdgeRequest {
  readonly method: string;
  uri: string;
}
/** A request that goes on, or an answer of the function's own. */
interface EdgeOutcome extends Partial<EdgeRequest> {
  readonly statusCode?: number;
  readonly headers?: { readonly [name: string]: { readonly value: string } };
  readonly body?: { readonly data: string };
}
type EdgeFunction = (event: { readonly request: EdgeRequest }) => EdgeOutcome;

/** Runs the very text that is deployed. */
const edgeFunction = (code: string): EdgeFunction => runInNewContext(`${code}\nhandler`) as EdgeFunction;
const runs = { api: edgeFunction(apiFunction), page: edgeFunction(pageFunction) };

/** An answer that API Gateway makes itself. */
function ownAnswer(responseType: string): LoopbackAnswer {
  const found = ownAnswers(undefined).find((answer) => answer.responseType === responseType);
  if (!found) throw new Error(`API Gateway has no answer ${responseType}`);
  const headers = Object.entries(found.responseParameters).map(([name, value]) => [
    name.replace('gatewayresponse.header.', ''),
    value.replace(/^'(.*)'$/, '$1'),
  ]);
  return {
    status: Number(found.statusCode),
    headers: Object.fromEntries(headers) as { [name: string]: string },
    body: found.responseTemplates['application/json'] ?? '',
  };
}

interface Matched {
  readonly route: RouteSpecification;
  readonly parameters: { readonly [name: string]: string };
}

const routes = interviewRoutes.map((route) => ({
  route,
  pattern: new RegExp(`^${route.operation.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

function routeOf(method: string, path: string): Matched | null {
  for (const { route, pattern } of routes) {
    const found = route.operation.method === method ? pattern.exec(path) : null;
    if (!found) continue;
    const parameters = Object.entries(found.groups ?? {}).map(([name, text]) => [
      name,
      decodeURIComponent(text),
    ]);
    return { route, parameters: Object.fromEntries(parameters) as { [name: string]: string } };
  }
  return null;
}

async function apiGateway(
  request: LoopbackRequest,
  path: string,
  { isAuthorized, invoke }: GatewayOptions,
  calls: Gateway['calls'][number][],
): Promise<LoopbackAnswer> {
  const { method, headersDistinct, url, body } = request;
  const matched = routeOf(method, path);
  if (!matched) return ownAnswer('MISSING_AUTHENTICATION_TOKEN');
  const { operation, stage } = matched.route;
  const note = (answer: LoopbackAnswer): LoopbackAnswer => {
    calls.push({ operation: operation.id, status: answer.status });
    return answer;
  };
  if (operation.access === 'user' && !(await isAuthorized(request.headers.authorization)))
    return note(ownAnswer('UNAUTHORIZED'));
  const event = proxyEventOf({
    resource: operation.path,
    method,
    path,
    headers: headersDistinct,
    query: url.searchParams,
    parameters: matched.parameters,
    body: body.length === 0 ? null : body.toString(),
  });
  const { statusCode: status, headers, body: text } = await invoke(stage.name, event);
  return note({ status, headers, body: text });
}

const noPlaces: SitePlaces = { connect: [], media: [], form: [] };
const accessDenied: LoopbackAnswer = { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' };

/** The site's bucket: its files as they are when it opens, whatever is built later. */
async function readBucket({ files }: GatewayOptions): Promise<ReadonlyMap<string, LoopbackAnswer>> {
  const read = files.map(async ({ key, path, contentType, cacheControl }) => {
    const headers = { 'content-type': contentType, 'cache-control': cacheControl };
    return [`/${key}`, { status: 200, headers, body: await readFile(path) }] as const;
  });
  return new Map(await Promise.all(read));
}

/**
 * The site with its API below `/api`, on `http://localhost:PORT`. A page of another host name is of another site for
 * the browser too. Every answer has the headers of the site's policy, which take the place of the answer's own.
 */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const bucket = await readBucket(options);
  const calls: Gateway['calls'][number][] = [];
  let settings: SiteSettings | null = null;
  const file = (uri: string): LoopbackAnswer => {
    if (uri !== '/config.json') return bucket.get(uri) ?? accessDenied;
    const headers = { 'content-type': 'application/json', 'cache-control': 'no-cache' };
    return { status: 200, headers, body: JSON.stringify(settings?.config) };
  };
  const answer = async (request: LoopbackRequest): Promise<LoopbackAnswer> => {
    const { method, url } = request;
    const isApi = url.pathname.startsWith(`${apiPrefix}/`);
    const outcome = (isApi ? runs.api : runs.page)({ request: { method, uri: url.pathname } });
    if (outcome.statusCode !== undefined) {
      const headers = Object.entries(outcome.headers ?? {}).map(([name, { value }]) => [name, value]);
      return {
        status: outcome.statusCode,
        headers: Object.fromEntries(headers) as { [name: string]: string },
        body: outcome.body?.data ?? '',
      };
    }
    const uri = outcome.uri ?? '';
    if (isApi) return apiGateway(request, uri, options, calls);
    return method === 'GET' || method === 'HEAD' ? file(uri) : accessDenied;
  };
  const host = await openLoopback(async (request) => {
    const given = await answer(request);
    // Names in lower case, so that a header is not there twice.
    const own = Object.entries(given.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
    const policy = siteHeaders({ ...(settings?.places ?? noPlaces), isEncrypted: true });
    return { ...given, headers: { ...(Object.fromEntries(own) as { [name: string]: string }), ...policy } };
  }, 'localhost');
  return { ...host, calls, configure: (given) => void (settings = given) };
}
