// What happens when a page's code is gone because a newer version was put in its place? One reload, never a loop.

const storageKey = 'greenroom.reloaded-at';
/** Milliseconds within which a second failure is no reason for another reload. */
const graceMs = 60_000;

/** Whether a reload is due; remembers that it was. */
export function mayReload(storage: Pick<Storage, 'getItem' | 'setItem'>, nowMs: number): boolean {
  const last = Number(storage.getItem(storageKey) ?? Number.NaN);
  if (nowMs - last < graceMs) return false;
  storage.setItem(storageKey, String(nowMs));
  return true;
}

/** Listens for chunks that cannot be loaded. A recording that is going on is never reloaded away. */
export function reloadOnceOnMissingChunk(page: Window): void {
  page.addEventListener('vite:preloadError', (event) => {
    if (page.document.documentElement.dataset['recording'] === 'true') return;
    try {
      if (!mayReload(page.sessionStorage, Date.now())) return;
    } catch {
      // Without storage nobody could tell the first reload from the hundredth.
      return;
    }
    event.preventDefault();
    page.location.reload();
  });
}
