// What can an FFmpeg do, by its own lists?

/** The kinds that FFmpeg lists; parsers it does not, the build compares them. */
export type ListedKind = 'protocols' | 'demuxers' | 'muxers' | 'encoders' | 'decoders' | 'bsfs' | 'filters';

/** FFmpeg's own ends of every graph; no configuration leaves them out. */
const builtIn = new Set(['buffer', 'abuffer', 'buffersink', 'abuffersink']);

/** How FFmpeg calls what configure calls otherwise. */
const listedNames: { readonly [name: string]: string } = { movtext: 'mov_text' };

const lineOf: { readonly [kind in ListedKind]: RegExp } = {
  protocols: /^ {2}(\w+)$/,
  demuxers: /^ D[ .]?[ .d]? +([\w,]+) /,
  muxers: /^ .?E[ .d]? +([\w,]+) /,
  encoders: /^ [VAS][A-Z.]{5} (?!=)(\w+)/,
  decoders: /^ [VAS][A-Z.]{5} (?!=)(\w+)/,
  bsfs: /^(\w+)$/,
  filters: /^ [A-Z.]{2,3} (\w+) +\S+->\S+/,
};

/** The names that `ffmpeg -KIND` printed, each once, ascending; of several names of one thing the first. */
export function listedNamesIn(kind: ListedKind, text: string): readonly string[] {
  const names = text.split('\n').flatMap((line) => lineOf[kind].exec(line)?.[1]?.split(',', 1) ?? []);
  return [...new Set(names)].filter((name) => kind !== 'filters' || !builtIn.has(name)).toSorted();
}

/** Names of configure as FFmpeg lists them, ascending. */
export const asListed = (names: readonly string[]): readonly string[] =>
  names.map((name) => listedNames[name] ?? name).toSorted();
