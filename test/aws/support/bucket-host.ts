// What do browsers meet at the bucket's own address? S3's rules for forms, addresses and pages of other sites.
import { GetBucketCorsCommand, type CORSRule } from '@aws-sdk/client-s3';
import { refusalOfAddress, refusalOfForm } from '../../services/aws/s3-rules.ts';
import { openLoopback, type Loopback, type LoopbackAnswer, type LoopbackRequest } from './loopback.ts';
import { endpoint } from './server.ts';
import { s3 } from './stores.ts';

export interface BucketHost extends Loopback {
  /** Method and path of what browsers asked for, and the answer's status. */
  readonly requests: readonly { readonly method: string; readonly path: string; readonly status: number }[];
}

/** Of every client of the tests. */
const secret = 'testing';

const refused = (code: string): LoopbackAnswer => ({
  status: 403,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`,
});

const matches = (pattern: string, text: string): boolean => {
  const [head = '', tail] = pattern.toLowerCase().split('*');
  const lower = text.toLowerCase();
  return tail === undefined ? lower === head : lower.startsWith(head) && lower.endsWith(tail);
};

/** The first rule that allows the origin, the method and, in a preflight request, every header. */
function ruleFor(rules: readonly CORSRule[], request: LoopbackRequest): CORSRule | undefined {
  const { headers, method } = request;
  const asked = headers['access-control-request-method'] ?? method;
  const names = (headers['access-control-request-headers'] ?? '').split(',').map((name) => name.trim());
  return rules.find(
    ({ AllowedOrigins = [], AllowedMethods = [], AllowedHeaders = [] }) =>
      AllowedOrigins.some((origin) => matches(origin, headers.origin ?? '')) &&
      AllowedMethods.includes(asked) &&
      names.every((name) => name === '' || AllowedHeaders.some((allowed) => matches(allowed, name))),
  );
}

/** Amazon S3 User Guide, "Elements of a CORS configuration". */
const corsHeaders = (rule: CORSRule, { headers, method }: LoopbackRequest): { [name: string]: string } => ({
  'access-control-allow-origin': headers.origin ?? '',
  'access-control-allow-methods': (rule.AllowedMethods ?? []).join(', '),
  'access-control-expose-headers': (rule.ExposeHeaders ?? []).join(', '),
  ...(method === 'OPTIONS' && {
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
    'access-control-max-age': String(rule.MaxAgeSeconds ?? 0),
  }),
  vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
});

async function refusalOf({ method, url, headers, body }: LoopbackRequest): Promise<string | null> {
  const now = new Date();
  if (method !== 'POST') return refusalOfAddress(url.href, now, secret);
  const type = headers['content-type'] ?? '';
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const texts = [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
  const file = form.get('file');
  const sizeBytes = file instanceof Blob ? file.size : 0;
  return refusalOfForm(
    { fields: Object.fromEntries(texts) as { [name: string]: string }, sizeBytes, now },
    secret,
  );
}

/** What the test server says of CORS is of its own, and lets everybody in. */
const ownWords = /^(?:access-control-|vary$|connection$|transfer-encoding$|keep-alive$|content-encoding$)/;

async function pass({ method, url, headers, body }: LoopbackRequest): Promise<LoopbackAnswer> {
  const { range, 'content-type': type } = headers;
  const given = await fetch(new URL(url.pathname + url.search, endpoint()), {
    method,
    headers: { ...(range && { range }), ...(type && { 'content-type': type }) },
    ...(method === 'POST' && { body: new Uint8Array(body) }),
  });
  return {
    status: given.status,
    headers: Object.fromEntries([...given.headers].filter(([name]) => !ownWords.test(name))),
    body: new Uint8Array(await given.arrayBuffer()),
  };
}

/**
 * The bucket behind an origin of its own, with its own CORS rules instead of the test server's. Forms and addresses
 * must have been signed for this origin, and still be good.
 */
export async function openBucketHost(Bucket: string): Promise<BucketHost> {
  const requests: BucketHost['requests'][number][] = [];
  const answer = async (request: LoopbackRequest): Promise<LoopbackAnswer> => {
    const { CORSRules = [] } = await s3().send(new GetBucketCorsCommand({ Bucket }));
    const rule = request.headers.origin === undefined ? undefined : ruleFor(CORSRules, request);
    const cors = rule === undefined ? {} : corsHeaders(rule, request);
    if (request.method === 'OPTIONS')
      return rule === undefined ? refused('AccessForbidden') : { status: 200, headers: cors };
    const refusal = await refusalOf(request);
    const given = refusal === null ? await pass(request) : refused(refusal);
    return { ...given, headers: { ...given.headers, ...cors } };
  };
  const host = await openLoopback(async (request) => {
    const given = await answer(request);
    requests.push({ method: request.method, path: request.url.pathname, status: given.status });
    return given;
  });
  return { ...host, requests };
}
