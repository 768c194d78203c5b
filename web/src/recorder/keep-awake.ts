// How does the screen stay on while somebody speaks to it?

/** Asks for it again whenever the page comes back into view; where there is no such wish, nothing happens. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let ended = false;
  const ask = async (): Promise<void> => {
    if (ended || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    // Refused when the battery is low; the recording goes on either way.
    const got = await navigator.wakeLock.request('screen').catch(() => null);
    if (ended) await got?.release();
    else lock = got;
  };
  const again = (): void => void ask();
  document.addEventListener('visibilitychange', again);
  again();
  return () => {
    ended = true;
    document.removeEventListener('visibilitychange', again);
    void lock?.release();
  };
}
