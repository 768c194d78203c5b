// How does a check say that a definition cannot run here, and how does it read JSON of which it knows nothing yet?

import type { Json } from '../../systems/asl.ts';

/** The definition cannot run; the message is one sentence for the user, with the place in it. */
export class DefinitionRejected extends Error {
  override readonly name = 'DefinitionRejected';
}

export type JsonObject = { readonly [key: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
