// How does a file get to the server? As a form, by XMLHttpRequest, because only it tells how much has gone.
import type { UploadForm } from '../../../domain/api/shapes.ts';

/** `stored`: the server has it. `lost`: no answer. `expired`: another form is needed. `refused`: the file itself. */
export type PostResult =
  | { readonly name: 'stored' }
  | { readonly name: 'lost' }
  | { readonly name: 'busy' }
  | { readonly name: 'expired' }
  | { readonly name: 'refused'; readonly detail: string };

/** What an answer of the store means; S3 and the local server give the same ones. */
export function resultOf(status: number, body: string): PostResult {
  if (status >= 200 && status < 300) return { name: 'stored' };
  if (status === 0) return { name: 'lost' };
  const code = /<Code>(\w+)<\/Code>/.exec(body)?.[1] ?? '';
  // S3 says "RequestTimeout" (400) when a connection stood still, which is the network's fault.
  if (status >= 500 || status === 429 || code === 'RequestTimeout') return { name: 'busy' };
  // 409: something is there already, or on its way; whoever renews the form learns whether the file came.
  if ([401, 403, 409].includes(status) || code === 'ExpiredToken') return { name: 'expired' };
  return { name: 'refused', detail: code === '' ? `HTTP ${String(status)}` : code };
}

export interface PostOptions {
  readonly onProgress: (sentBytes: number) => void;
  readonly signal: AbortSignal;
}

/** Never throws; an aborted upload is `lost`. */
export function postForm(
  form: UploadForm,
  file: Blob,
  { onProgress, signal }: PostOptions,
): Promise<PostResult> {
  return new Promise((resolve) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(form.fields)) data.append(name, value);
    // S3 ignores whatever comes after the file.
    data.append('file', file, 'recording');
    const request = new XMLHttpRequest();
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(Math.min(loaded, file.size)));
    request.addEventListener('loadend', () => resolve(resultOf(request.status, request.responseText)));
    signal.addEventListener('abort', () => request.abort());
    request.open('POST', form.url);
    if (signal.aborted) resolve({ name: 'lost' });
    else request.send(data);
  });
}
