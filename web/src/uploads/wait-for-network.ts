// When is it worth trying again? After a pause, and not before there is a network.

/** Waits; rejects with the signal's reason. The network's return ends the pause early. */
export function pauseForNetwork(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cleanUp = (): void => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      signal.removeEventListener('abort', stop);
    };
    const done = (): void => {
      cleanUp();
      resolve();
    };
    const stop = (): void => {
      cleanUp();
      reject(signal.reason as Error);
    };
    // Offline, only the network's return helps; `online` then ends the wait.
    const timer = setTimeout(() => (navigator.onLine ? done() : undefined), ms);
    window.addEventListener('online', done);
    signal.addEventListener('abort', stop);
  });
}
