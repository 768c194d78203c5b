// What of API Gateway's event is a request? Names are data: no key of it is ever looked up in a prototype.
import { z } from 'zod';

/** Names with their texts, in the order given; the same name may be given several times. */
export type Fields = readonly (readonly [name: string, text: string])[];

/** `{name: "text"}` or `{name: ["text", …]}`; whatever is no text is left out. */
const fieldsSchema = z
  .unknown()
  .optional()
  .transform((value): Fields =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, given]) =>
          (Array.isArray(given) ? given : [given])
            .filter((text): text is string => typeof text === 'string')
            .map((text) => [name, text] as const),
        )
      : [],
  );

/** What the event has several times is complete there; the plain field keeps the last one only. */
const complete = (several: Fields, last: Fields): Fields => (several.length > 0 ? several : last);

/**
 * The proxy event of a REST API (AWS Lambda Developer Guide, "Input format of a Lambda function for proxy
 * integration"), as a request. The local server makes the same event, so that both hosts are checked alike.
 */
export const apiEventSchema = z
  .object({
    httpMethod: z.string().catch(''),
    /** The path of the route, with its parameters in braces. */
    resource: z.string().catch(''),
    headers: fieldsSchema,
    multiValueHeaders: fieldsSchema,
    queryStringParameters: fieldsSchema,
    multiValueQueryStringParameters: fieldsSchema,
    pathParameters: fieldsSchema,
    body: z.string().catch(''),
    isBase64Encoded: z.boolean().catch(false),
    requestContext: z.object({ requestId: z.string().nullable().catch(null) }).catch({ requestId: null }),
  })
  .transform((event) => ({
    method: event.httpMethod,
    resource: event.resource,
    headers: complete(event.multiValueHeaders, event.headers),
    query: complete(event.multiValueQueryStringParameters, event.queryStringParameters),
    parameters: event.pathParameters,
    body: Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8'),
    /** Finds the request in the logs of both sides. */
    requestId: event.requestContext.requestId,
  }));
export type ApiRequest = z.output<typeof apiEventSchema>;

/** The one value of a header, whose name may be written in any case; `null` for none, and for two that differ. */
export function headerOf({ headers }: Pick<ApiRequest, 'headers'>, name: string): string | null {
  const values = new Set(headers.filter(([given]) => given.toLowerCase() === name).map(([, text]) => text));
  const [only] = values;
  return values.size === 1 && only !== undefined ? only : null;
}
