/** Calls back when the network returns, or the page is looked at again or comes out of the browser's cache. */
export function onWake(callback: (why: 'online' | 'visible') => void): () => void {
  const online = () => callback('online');
  const visible = () => {
    if (globalThis.document?.visibilityState !== 'hidden') callback('visible');
  };
  globalThis.addEventListener?.('online', online);
  globalThis.addEventListener?.('pageshow', visible);
  globalThis.document?.addEventListener('visibilitychange', visible);
  return () => {
    globalThis.removeEventListener?.('online', online);
    globalThis.removeEventListener?.('pageshow', visible);
    globalThis.document?.removeEventListener('visibilitychange', visible);
  };
}

/** Waits, or less when woken; a wait that the server asked for is never cut short. Rejects when aborted. */
export function wait(ms: number, signal: AbortSignal, atLeastMs = 0): Promise<void> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    let asleep = onWake(() => {
      const left = atLeastMs - (performance.now() - begun);
      clearTimeout(timer);
      timer = setTimeout(done, Math.max(0, left));
    });
    let timer = setTimeout(done, ms);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();

    function end() {
      clearTimeout(timer);
      asleep();
      asleep = () => {};
      signal.removeEventListener('abort', abort);
    }
    function done() {
      end();
      resolve();
    }
    function abort() {
      end();
      reject(signal.reason);
    }
  });
}
