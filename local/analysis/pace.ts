// How often is it worth saying how far something is?

const leastMs = 250;

/** Whether a fraction of `what` is to be told: the beginning, the end, and else four times a second. */
export function createPace(
  now: () => number = () => performance.now(),
): (what: string, fraction: number) => boolean {
  const told = new Map<string, number>();
  return (what, fraction) => {
    const atMs = now();
    if (fraction > 0 && fraction < 1 && atMs - (told.get(what) ?? -Infinity) < leastMs) return false;
    if (fraction === 1) told.delete(what);
    else told.set(what, atMs);
    return true;
  };
}
