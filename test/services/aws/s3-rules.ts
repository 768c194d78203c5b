// Would S3 take this form, or this address? Its own rules ("Creating a POST policy", "Authenticating requests: using query
// parameters" in its API reference), because the test server has none of them.
import { createHash, createHmac } from 'node:crypto';

type Fields = Readonly<Record<string, string>>;

interface Policy {
  readonly expiration: string;
  readonly conditions: readonly (readonly (string | number)[] | Fields)[];
}

/** A form as a browser sends it, with the size of its file. */
export interface Post {
  readonly fields: Fields;
  readonly sizeBytes: number;
  readonly now: Date;
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The key of a day, a region and a service (signature version 4). */
const signingKey = (secret: string, scope: readonly string[]): Buffer =>
  scope.reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secret}`));

/** What a form may have beside what its policy names. */
const free = /^(?:policy|x-amz-signature|file|x-ignore-.*)$/;

const lower = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]));

/** Names of fields as conditions have them: `$key`, or the key of an object. */
function namesOf(condition: Policy['conditions'][number]): readonly string[] {
  if (!isList(condition)) return Object.keys(condition).map((name) => name.toLowerCase());
  const [, name] = condition;
  return typeof name === 'string' ? [name.slice(1).toLowerCase()] : [];
}

const isList = (condition: Policy['conditions'][number]): condition is readonly (string | number)[] =>
  Array.isArray(condition);

function isMet(condition: Policy['conditions'][number], fields: Fields, sizeBytes: number): boolean {
  if (!isList(condition))
    return Object.entries(condition).every(([name, value]) => fields[name.toLowerCase()] === value);
  const [operator, first, second] = condition;
  if (operator === 'content-length-range') return sizeBytes >= Number(first) && sizeBytes <= Number(second);
  const given = fields[String(first).slice(1).toLowerCase()] ?? '';
  if (operator === 'eq') return given === second;
  if (operator === 'starts-with') return given.startsWith(String(second));
  return false;
}

/** Why S3 would not take the form, or `null`. */
export function refusalOfForm({ fields: given, sizeBytes, now }: Post, secret: string): string | null {
  const fields = lower(given);
  const policyText = fields['policy'] ?? '';
  if (policyText === '' || fields['x-amz-signature'] === undefined) return 'AccessDenied';
  const scope = (fields['x-amz-credential'] ?? '').split('/').slice(1);
  if (hmac(signingKey(secret, scope), policyText).toString('hex') !== fields['x-amz-signature'])
    return 'SignatureDoesNotMatch';
  const { expiration, conditions } = JSON.parse(Buffer.from(policyText, 'base64').toString()) as Policy;
  if (now.getTime() >= Date.parse(expiration)) return 'Policy expired';
  if (!conditions.every((condition) => isMet(condition, fields, sizeBytes))) return 'condition failed';
  const named = new Set(conditions.flatMap(namesOf));
  const extra = Object.keys(fields).find((name) => !free.test(name) && !named.has(name));
  return extra === undefined ? null : `Extra input fields: ${extra}`;
}

const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** The request that a signature is made over: no body, and no header but the host's. */
function canonicalRequest({ host, pathname, searchParams }: URL): string {
  const query = [...searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted((one, other) => (one < other ? -1 : 1));
  const path = pathname
    .split('/')
    .map((part) => encoded(decodeURIComponent(part)))
    .join('/');
  return ['GET', path, query.join('&'), `host:${host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
}

/** `20260102T030405Z`, in milliseconds since 1970. */
const timeOf = (text: string): number =>
  Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/** Why S3 would not show what the address leads to, or `null`. */
export function refusalOfAddress(address: string, now: Date, secret: string): string | null {
  const url = new URL(address);
  const parameter = (name: string): string => url.searchParams.getAll(name).join(',');
  const scope = parameter('X-Amz-Credential').split('/').slice(1);
  const hash = createHash('sha256').update(canonicalRequest(url)).digest('hex');
  const text = ['AWS4-HMAC-SHA256', parameter('X-Amz-Date'), scope.join('/'), hash].join('\n');
  const signature = hmac(signingKey(secret, scope), text).toString('hex');
  if (signature !== parameter('X-Amz-Signature')) return 'SignatureDoesNotMatch';
  const end = timeOf(parameter('X-Amz-Date')) + Number(parameter('X-Amz-Expires')) * 1000;
  return now.getTime() < end ? null : 'Request has expired';
}
