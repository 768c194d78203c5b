// How varied are the words? MTLD, after McCarthy & Jarvis (2010).

// The ratio is 0.72, compared in whole numbers: 18 types of 25 tokens is exactly on it.
const thresholdTypes = 18;
const thresholdTokens = 25;

/** The number of runs, the last one counted by how far it got. */
function factors(tokens: Iterable<string>): number {
  let complete = 0;
  let count = 0;
  const types = new Set<string>();
  for (const token of tokens) {
    count++;
    types.add(token);
    if (types.size * thresholdTokens <= count * thresholdTypes) {
      complete++;
      count = 0;
      types.clear();
    }
  }
  if (count === 0) return complete;
  return complete + (1 - types.size / count) / (1 - thresholdTypes / thresholdTokens);
}

/**
 * Mean length of runs of words whose type–token ratio stays above 0.72, of both directions; `null` when no
 * word comes twice, so that no run ends. Not meant for fewer than 100 words.
 */
export function lexicalDiversity(tokens: readonly string[]): number | null {
  const forwards = factors(tokens);
  const backwards = factors(tokens.toReversed());
  if (forwards === 0 || backwards === 0) return null;
  return (tokens.length / forwards + tokens.length / backwards) / 2;
}
