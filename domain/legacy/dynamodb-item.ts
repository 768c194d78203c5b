// How is an item read that carries DynamoDB's type letters?

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const letters = new Set(['S', 'N', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS']);

const isTyped = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isObject(value) && Object.keys(value).length === 1 && letters.has(Object.keys(value)[0] ?? '');

/** The plain value; numbers stay the decimal strings they are, so that none loses a digit here. */
function plain(value: unknown): unknown {
  if (!isTyped(value)) return value;
  const [[letter, inner] = []] = Object.entries(value);
  if (letter === 'NULL') return null;
  if (letter === 'M') return isObject(inner) ? plainMap(inner) : inner;
  if (letter === 'L') return Array.isArray(inner) ? inner.map(plain) : inner;
  return inner;
}

const plainMap = (map: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, plain(value)]));

/** An item of DynamoDB's wire format (`{"email": {"S": "…"}}`) as a plain object; any other value unchanged. */
export const plainItem = (item: unknown): unknown =>
  isObject(item) && Object.keys(item).length > 0 && Object.values(item).every(isTyped)
    ? plainMap(item)
    : item;
