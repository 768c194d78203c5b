// What does CloudFront do to the path of a request before it asks the bucket or the API?
import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { problemTable } from '../../domain/api/problem.ts';

/** Paths that begin so belong to the API. */
export const apiPrefix = '/api';

/**
 * The app has one page: whatever looks like no file is that page, and the app itself reads the path. An error page of
 * CloudFront would do the same to the API's 404.
 */
export const pageFunction = `function handler(event) {
  const request = event.request;
  const name = request.uri.slice(request.uri.lastIndexOf('/') + 1);
  if (!name.includes('.')) request.uri = '/index.html';
  return request;
}
`;

const { status, title, detail } = problemTable.NOT_FOUND;
const notFound = {
  statusCode: status,
  statusDescription: title,
  headers: { 'content-type': { value: 'application/problem+json' }, 'cache-control': { value: 'no-store' } },
  body: {
    encoding: 'text',
    data: JSON.stringify({ type: 'about:blank', status, title, code: 'NOT_FOUND', detail }),
  },
};

/**
 * The API does not know that it lives below a folder of the site. CloudFront picks the behaviour by the normalized path
 * and then hands over the raw one, so that `/x/../api/records` comes here too.
 */
export const apiFunction = `function handler(event) {
  const request = event.request;
  if (!request.uri.startsWith('${apiPrefix}/')) return ${JSON.stringify(notFound)};
  request.uri = request.uri.slice(${String(apiPrefix.length)});
  return request;
}
`;

/** Published functions of CloudFront; an edit of the code is live with the deployment. */
export const edgeFunctions = (
  name: string,
  opts: pulumi.CustomResourceOptions,
): Readonly<Record<'page' | 'api', aws.cloudfront.Function>> => {
  const make = (part: string, comment: string, code: string): aws.cloudfront.Function =>
    new aws.cloudfront.Function(
      `${name}-${part}`,
      { runtime: 'cloudfront-js-2.0', publish: true, comment, code },
      opts,
    );
  return {
    page: make('pages', 'Paths that name no file are the app', pageFunction),
    api: make('api-paths', `Takes ${apiPrefix} off`, apiFunction),
  };
};
