// How is one request made to a chat-completions endpoint, and what can come back?
import { z } from 'zod';
import { ServiceRejected, TemporaryFailure } from '../../domain/errors.ts';
import type { ChatMessage } from './prompt.ts';

export interface Endpoint {
  /** Up to the version, such as `http://localhost:11434/v1`; no user name, no query. */
  readonly baseUrl: string;
  /** Sent as a bearer token; only over HTTPS or to this machine. Never part of an error. */
  readonly apiKey?: string;
  readonly model: string;
}

export type ResponseFormat =
  | { readonly type: 'json_object' }
  | {
      readonly type: 'json_schema';
      readonly json_schema: { readonly name: string; readonly strict: true; readonly schema: unknown };
    };

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly responseFormat: ResponseFormat;
  readonly signal: AbortSignal;
}

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);
const printable = /^[\x21-\x7e]+$/;
const maximumResponseBytes = 1024 ** 2;

function refuse(reason: string): never {
  throw new ServiceRejected('UPSTREAM', `The language model’s endpoint cannot be used: ${reason}.`);
}

/** The address of the requests. Throws `ServiceRejected` for an endpoint that must not be used. */
export function completionsUrl({ baseUrl, apiKey }: Endpoint): URL {
  if (!URL.canParse(baseUrl)) return refuse('its address is not a URL');
  const url = new URL(baseUrl);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return refuse('its address is not http or https');
  if (url.username || url.password || url.search || url.hash) {
    return refuse('its address holds a user name, a query or a fragment');
  }
  // A key with a line break would stand in the error of the header that it breaks.
  if (apiKey !== undefined && !printable.test(apiKey))
    return refuse('the key holds characters that no key has');
  if (apiKey !== undefined && url.protocol === 'http:' && !loopbackHosts.has(url.hostname)) {
    return refuse('a key is sent over https only, or to this machine');
  }
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/chat/completions`;
  return url;
}

const completionSchema = z.object({
  choices: z.tuple([z.object({ message: z.object({ content: z.string().nullish() }) })], z.unknown()),
});

async function readLimited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of response.body ?? []) {
    sizeBytes += chunk.length;
    if (sizeBytes > maximumResponseBytes) {
      throw new ServiceRejected('MODEL_OUTPUT', 'The language model answered with more than 1 MiB.');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The body of a refusal may repeat the key or the transcript, so only its status is told. */
function failureOf(status: number): Error {
  if (status === 429)
    return new TemporaryFailure('THROTTLED', 'The language model takes no more requests for now.');
  if (status === 408) return new TemporaryFailure('TIMEOUT', 'The language model’s server gave up waiting.');
  if (status >= 500)
    return new TemporaryFailure('UPSTREAM', `The language model’s server answered ${status}.`);
  const hint =
    status < 400 ? 'redirects are not followed' : 'check the address, the key and the model’s name';
  return new ServiceRejected('UPSTREAM', `The language model’s server answered ${status}; ${hint}.`);
}

/** Servers without structured output answer with one of these. */
const refusedFormat = new Set([400, 422]);

function contentOf(body: string): string {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    value = null;
  }
  const completion = completionSchema.safeParse(value);
  if (completion.success) return completion.data.choices[0].message.content ?? '';
  throw new ServiceRejected('UPSTREAM', 'The endpoint does not answer like a chat-completions server.');
}

/**
 * The text of the model's answer (empty when it refused), or `null` when the server refused the request as such, which
 * is how those without structured output answer. 429, 5xx and broken connections are `TemporaryFailure`, everything
 * else that is no answer `ServiceRejected`. Throws the signal's reason.
 */
export async function complete(endpoint: Endpoint, request: ChatRequest): Promise<string | null> {
  const { messages, responseFormat, signal } = request;
  let response: Response;
  let body: string;
  try {
    response = await fetch(completionsUrl(endpoint), {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        ...(endpoint.apiKey === undefined ? {} : { authorization: `Bearer ${endpoint.apiKey}` }),
      },
      body: JSON.stringify({
        model: endpoint.model,
        temperature: 0,
        messages,
        response_format: responseFormat,
      }),
      signal,
    });
    body = response.ok ? await readLimited(response) : '';
    if (!response.ok) await response.body?.cancel();
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof ServiceRejected) throw error;
    throw new TemporaryFailure('UPSTREAM', 'The language model’s server cannot be reached.', {
      cause: error,
    });
  }
  if (refusedFormat.has(response.status)) return null;
  if (!response.ok) throw failureOf(response.status);
  return contentOf(body);
}
