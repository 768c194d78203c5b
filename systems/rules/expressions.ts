// What does an expression read and call? Answered from the tree that the JSONata parser makes of it.
import jsonata from 'jsonata';

export interface Reads {
  /** Free variables, without `$`; `states` among them. */
  readonly variables: ReadonlySet<string>;
  /** Functions that are called and that the expression does not define itself. */
  readonly functions: ReadonlySet<string>;
  /** `input`, `result`, `errorOutput` or `context`: the parts of `$states` that are read. */
  readonly statesParts: ReadonlySet<string>;
}

type Node = { readonly [field: string]: unknown };
interface Collected {
  readonly variables: Set<string>;
  readonly functions: Set<string>;
  readonly statesParts: Set<string>;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const nodesIn = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : []);
const nameOf = (node: unknown): string | null =>
  isNode(node) && node['type'] === 'variable' && typeof node['value'] === 'string' ? node['value'] : null;

/** Names that a node binds for what comes after it in its block or path: `:=`, `@`, and `#` with or without a filter. */
function boundBy(node: Node): readonly string[] {
  if (node['type'] === 'bind') return [nameOf(node['lhs'])].filter((name) => name !== null);
  const positions = nodesIn(node['stages']).filter(({ type }) => type === 'index');
  const names = [node['focus'], node['index'], ...positions.map(({ value }) => value)];
  return names.filter((name) => typeof name === 'string');
}

/** Visits in order; what one binds, the next ones know. Returns what is known after the last. */
function visitAll(nodes: readonly Node[], bound: ReadonlySet<string>, found: Collected): ReadonlySet<string> {
  let known = bound;
  for (const node of nodes) {
    // A function may call itself by the name that it is being bound to.
    known = new Set([...known, ...boundBy(node)]);
    visit(node, known, found);
  }
  return known;
}

/** The field that makes a node special has been read; the others (filters, groups) are read as usual. */
function visitRest(
  node: Node,
  except: readonly string[],
  bound: ReadonlySet<string>,
  found: Collected,
): void {
  for (const [field, part] of Object.entries(node)) if (!except.includes(field)) visit(part, bound, found);
}

function visitCall(node: Node, bound: ReadonlySet<string>, found: Collected): void {
  const name = nameOf(node['procedure']);
  if (name === null) return visitRest(node, [], bound, found);
  if (!bound.has(name)) found.functions.add(name);
  return visitRest(node, ['procedure'], bound, found);
}

function visitPath(node: Node, bound: ReadonlySet<string>, found: Collected): void {
  const steps = nodesIn(node['steps']);
  const [first, second] = steps;
  if (nameOf(first) === 'states' && typeof second?.['value'] === 'string')
    found.statesParts.add(second['value']);
  visitRest(node, ['steps'], visitAll(steps, bound, found), found);
}

function visitNode(node: Node, bound: ReadonlySet<string>, found: Collected): void {
  switch (node['type']) {
    case 'lambda': {
      const parameters = nodesIn(node['arguments']).map(nameOf);
      const known = new Set([...bound, ...parameters.filter((parameter) => parameter !== null)]);
      return visitRest(node, ['arguments'], known, found);
    }
    case 'function':
    case 'partial':
      return visitCall(node, bound, found);
    case 'block':
      return visitRest(node, ['expressions'], visitAll(nodesIn(node['expressions']), bound, found), found);
    case 'path':
      return visitPath(node, bound, found);
    case 'bind':
      return visitRest(node, ['lhs'], bound, found);
    default:
      return visitRest(node, [], bound, found);
  }
}

function visit(value: unknown, bound: ReadonlySet<string>, found: Collected): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, bound, found);
  } else if (isNode(value)) {
    const name = nameOf(value);
    // `$` and `$$` are the context, not variables.
    if (name !== null && name !== '' && name !== '$' && !bound.has(name)) found.variables.add(name);
    visitNode(value, bound, found);
  }
}

/** The code between `{%` and `%}`, or `null` when the text is no expression. */
export const codeOf = (text: string): string | null => /^\{%([\s\S]*)%\}$/.exec(text)?.[1] ?? null;

/** What the code reads, or the parser's complaint as a string. */
export function readsOf(code: string): Reads | string {
  const found: Collected = { variables: new Set(), functions: new Set(), statesParts: new Set() };
  try {
    visit(jsonata(code).ast(), new Set(), found);
  } catch (error) {
    // JSONata throws plain objects with a message, not Errors.
    return isNode(error) && typeof error['message'] === 'string' ? error['message'] : String(error);
  }
  return found;
}
