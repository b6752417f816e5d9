import type { RunnelEvent } from '../events/event.ts';
import type { StreamStatus } from '../stream/end.ts';
import type { FromHub, Link, Pulse } from './messages.ts';

export interface SharedOptions {
  readonly after?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onStatus?: (status: StreamStatus) => void;
}

/** The events of a stream that many tabs share one connection for: each once and in order, in every tab. */
export class SharedStream implements AsyncIterable<RunnelEvent> {
  readonly #name: string;
  readonly #tab: string;
  readonly #link: Link;
  readonly #options: SharedOptions;
  readonly #pulse: Pulse;
  readonly #recent: RunnelEvent[] = [];
  readonly #recentIds = new Set<string>();
  #cursor: string | undefined;
  #queue: RunnelEvent[] = [];
  #isWelcome = false;
  #isOver = false;
  #notify: () => void = () => {};
  #watch: ReturnType<typeof setTimeout> | undefined;

  constructor(name: string, tab: string, link: Link, pulse: Pulse, options: SharedOptions = {}) {
    this.#name = name;
    this.#tab = tab;
    this.#link = link;
    this.#pulse = pulse;
    this.#options = options;
    this.#cursor = options.after;
    link.onMessage = message => this.#hear(message);
    options.signal?.addEventListener('abort', () => this.close(), { once: true });
    if (options.signal?.aborted) this.close();
    else this.#join();
  }

  get cursor(): string | undefined {
    return this.#cursor;
  }

  /** What it gave out last, for whoever has to hold the connection next. */
  get recent(): readonly RunnelEvent[] {
    return this.#recent;
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#watch);
    this.#link.post({ kind: 'leave', tab: this.#tab, name: this.#name });
    this.#link.close();
    this.#notify();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<RunnelEvent, void> {
    try {
      for (;;) {
        const events = this.#queue;
        this.#queue = [];
        yield* events;
        if (this.#queue.length > 0) continue;
        if (this.#isOver) return;
        await new Promise<void>(resolve => {
          this.#notify = resolve;
        });
      }
    } finally {
      this.close();
    }
  }

  #join(): void {
    this.#isWelcome = false;
    this.#alive();
    this.#link.post({ kind: 'join', tab: this.#tab, name: this.#name, after: this.#cursor });
  }

  #hear(message: FromHub): void {
    if (this.#isOver) return;
    this.#alive();
    switch (message.kind) {
      case 'leading':
        this.#join();
        break;
      case 'welcome':
        if (message.tab !== this.#tab || this.#isWelcome) break;
        this.#isWelcome = true;
        for (const event of message.events) if (!this.#isBehind(event)) this.#take(event);
        break;
      case 'event':
        if (this.#isWelcome) this.#take(message.event);
        break;
      case 'status':
        this.#options.onStatus?.(message.status);
        if (message.status.state === 'ended') this.close();
    }
  }

  /** A holder that knows less than this tab would have it read again from where it has been: it only has to wait until the
   * holder has come as far. */
  #isBehind(event: RunnelEvent): boolean {
    return event.type === 'resync' && this.#recent.some(known => known.id === event.id);
  }

  #take(event: RunnelEvent): void {
    if (event.id) {
      const isOpening = event.type === 'connected' || event.type === 'resync';
      // A holder that knew less than this tab goes on from where it was.
      if (!isOpening && this.#recentIds.has(event.id)) return;
      this.#cursor = event.id;
      if (event.type === 'resync') this.#forget();
      if (!isOpening) this.#recentIds.add(event.id);
      this.#remember(event);
    }
    this.#queue.push(event);
    this.#notify();
  }

  #forget(): void {
    this.#recent.length = 0;
    this.#recentIds.clear();
  }

  #remember(event: RunnelEvent): void {
    this.#recent.push(event);
    const gone = this.#recent.length > 1_000 ? this.#recent.shift()?.id : undefined;
    if (gone) this.#recentIds.delete(gone);
  }

  /** A holder that is silent for too long is dead or frozen. */
  #alive(): void {
    clearTimeout(this.#watch);
    // Not all tabs at once.
    const ms = this.#pulse.deadMs * (0.8 + Math.random() * 0.2);
    this.#watch = setTimeout(() => {
      this.#link.revive();
      this.#join();
    }, ms);
  }
}
