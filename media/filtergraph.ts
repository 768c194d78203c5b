// How is a filtergraph written? As typed nodes, escaped in one place.

/** One filter and its options. */
export interface Filter {
  readonly name: string;
  readonly options: { readonly [option: string]: string | number };
}

export const filter = (name: string, options: Filter['options'] = {}): Filter => ({ name, options });

/** Filters one after another, from labelled inputs to labelled outputs. */
export interface Chain {
  readonly from: readonly string[];
  readonly filters: readonly Filter[];
  readonly to: readonly string[];
}

/** Two levels: the option's own parser reads `\:` and `\'`, the graph's parser reads `\\`, `\,`, `\;`, `\[`. */
function escapeValue(value: string | number): string {
  const option = String(value).replaceAll(/[\\':]/g, String.raw`\$&`);
  return option.replaceAll(/[\\'[\],;]/g, String.raw`\$&`);
}

function writeFilter({ name, options }: Filter): string {
  const pairs = Object.entries(options).map(([option, value]) => `${option}=${escapeValue(value)}`);
  return pairs.length === 0 ? name : `${name}=${pairs.join(':')}`;
}

const labels = (names: readonly string[]): string => names.map((name) => `[${name}]`).join('');

/** The text that `-filter_complex` takes. */
export const writeGraph = (chains: readonly Chain[]): string =>
  chains
    .map(({ from, filters, to }) => `${labels(from)}${filters.map(writeFilter).join(',')}${labels(to)}`)
    .join(';');
