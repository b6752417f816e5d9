import { Backoff } from '../stream/backoff.ts';
import { isPassing } from '../stream/passing.ts';
import { defaultTuning } from '../stream/tuning.ts';
import { wait } from '../stream/wake.ts';

export type Listeners = Readonly<Record<string, (event: MessageEvent<string>) => void>>;

/**
 * A native `EventSource` that does not give up for good: where the browser does, as after an answer of a proxy, it is
 * opened again after its last event, unless the server says that there is nothing to come back for.
 */
export class LastingSource {
  readonly #url: string;
  readonly #listeners: Listeners;
  readonly #onError: (error: Event) => void;
  readonly #onReplaced: (source: EventSource) => void;
  readonly #backoff = new Backoff(defaultTuning);
  readonly #closing = new AbortController();
  /** What is open just now. */
  source: EventSource;
  #lastEventId = '';
  #openedAt = 0;

  constructor(
    url: string,
    listeners: Listeners,
    onError: (error: Event) => void,
    onReplaced: (source: EventSource) => void,
  ) {
    this.#url = url;
    this.#listeners = listeners;
    this.#onError = onError;
    this.#onReplaced = onReplaced;
    this.source = this.#open(url);
  }

  #open(url: string): EventSource {
    const source = new EventSource(url);
    const close = source.close.bind(source);
    // Whoever holds any of them closes what came after it, too.
    source.close = () => {
      close();
      if (this.#closing.signal.aborted) return;
      this.#closing.abort();
      this.source.close();
    };
    for (const [name, listen] of Object.entries<Listeners[string]>({ connected: () => {}, ...this.#listeners })) {
      source.addEventListener(name, event => {
        this.#lastEventId = event.lastEventId || this.#lastEventId;
        listen(event);
      });
    }
    source.onopen = () => {
      this.#openedAt = performance.now();
    };
    source.onerror = error => {
      this.#onError(error);
      if (source.readyState === EventSource.CLOSED) this.#again();
    };
    return source;
  }

  async #again(): Promise<void> {
    const { signal } = this.#closing;
    if (this.#openedAt) this.#backoff.lived(performance.now() - this.#openedAt);
    try {
      await wait(this.#backoff.next(), signal);
      const url = this.#lastEventId ? this.#after(this.#lastEventId) : this.#url;
      // `EventSource` does not say what the status was.
      const answer = await fetch(url, { method: 'HEAD', signal }).catch(() => undefined);
      if (!answer || isPassing(answer.status)) return await this.#again();
      if (answer.status !== 200) return;
      this.source = this.#open(url);
      this.#onReplaced(this.source);
    } catch {
      // Closed meanwhile.
    }
  }

  #after(cursor: string): string {
    return `${this.#url}${this.#url.includes('?') ? '&' : '?'}after=${encodeURIComponent(cursor)}`;
  }
}
