// What must a body look like before API Gateway calls a function? The contract's own schemas, in the words it knows.
import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { z } from 'zod';
import type { Operation } from '../domain/api/operation.ts';
import type { RouteSpecification } from '../systems/system.ts';

/** A schema of JSON Schema draft 4, as API Gateway takes it. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** What API Gateway checks a body by; everything else of a schema is a comment to it. */
const checked = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'minItems',
  'maxItems',
  'enum',
  'multipleOf',
  'uniqueItems',
  'allOf',
  'anyOf',
  'oneOf',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
]);
/** Words for people and tools, which a change of must not deploy the API again. */
const unchecked = new Set([
  '$schema',
  'id',
  'definitions',
  'description',
  'title',
  'default',
  'format',
  'examples',
]);

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same schema with checks alone, and with every reference replaced by what it refers to. */
function cleaned(schema: JsonSchema, definitions: JsonSchema): JsonSchema {
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    const target = definitions[reference.replace(/^#\/definitions\//, '')];
    if (!isSchema(target)) throw new RangeError(`${reference} refers to nothing`);
    return cleaned(target, definitions);
  }
  const below = (value: unknown): unknown => (isSchema(value) ? cleaned(value, definitions) : value);
  return Object.fromEntries(
    Object.entries(schema).flatMap(([keyword, value]) => {
      if (unchecked.has(keyword)) return [];
      if (!checked.has(keyword)) throw new RangeError(`API Gateway does not check by ${keyword}`);
      // Here the keys are names of the contract, not keywords.
      if (keyword === 'properties' && isSchema(value))
        return [[keyword, Object.fromEntries(Object.entries(value).map(([name, of]) => [name, below(of)]))]];
      return [[keyword, Array.isArray(value) ? value.map(below) : below(value)]];
    }),
  );
}

/**
 * The schema of an operation's body; `null` without one. It takes every body that the contract takes, but for text that
 * is too long only by the spaces around it, and more beside: the function checks again.
 * @throws RangeError for a schema that API Gateway cannot check by.
 */
export function bodySchemaOf({ body }: Pick<Operation, 'body'>): JsonSchema | null {
  if (body === null) return null;
  const schema: JsonSchema = z.toJSONSchema(body, { target: 'draft-4', io: 'input' });
  const definitions = schema['definitions'];
  return {
    $schema: 'http://json-schema.org/draft-04/schema#',
    ...cleaned(schema, isSchema(definitions) ? definitions : {}),
  };
}

/** Gives the API a model for every operation that has a body; its name by the operation's id. */
export function bodyModels(
  name: string,
  api: aws.apigateway.RestApi,
  routes: readonly RouteSpecification[],
  parent: pulumi.Resource,
): ReadonlyMap<string, pulumi.Output<string>> {
  const models = new Map<string, pulumi.Output<string>>();
  for (const { operation } of routes) {
    const schema = bodySchemaOf(operation);
    if (schema === null) continue;
    const model = new aws.apigateway.Model(
      `${name}-${operation.id}`,
      {
        restApi: api.id,
        // Letters and digits only, which an operation's id is made of.
        name: operation.id,
        description: operation.summary,
        contentType: 'application/json',
        schema: JSON.stringify(schema),
      },
      { parent },
    );
    models.set(operation.id, model.name);
  }
  return models;
}
