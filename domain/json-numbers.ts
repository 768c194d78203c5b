// May this value be stored? JSON and DynamoDB know no NaN and no Infinity.
import { InternalError } from './errors.ts';

/**
 * Walks a value before it is stored (A61).
 * @throws InternalError with the path of the first number that is NaN or infinite
 */
export function assertFinite(value: unknown, path = '$'): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new InternalError(`${path} is ${value}, which cannot be stored.`);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) assertFinite(item, `${path}[${index}]`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) assertFinite(item, `${path}.${key}`);
  }
}
