import { newId } from '../api/new-id.ts';
import type { RunnelEvent } from '../events/event.ts';
import { Hub, type Open } from './hub.ts';
import type { FromHub, Link, Pulse, ToHub } from './messages.ts';

/** What goes over the channel: the word of a tab, or of one of the holders, of which there may be two for a moment. */
type Broadcast = ToHub | { readonly kind: 'holder'; readonly holder: string; readonly message: FromHub };

/** Where a tab stands, for the case that it has to hold the connection. */
export interface Place {
  readonly cursor: string | undefined;
  readonly recent: readonly RunnelEvent[];
}

/**
 * One tab holds a lock and with it the connection; the others hear it by broadcast. A tab that is closed lets the lock go,
 * and the next one has it; from one that is silent it is taken.
 */
export class LockLink implements Link {
  onMessage: (message: FromHub) => void = () => {};
  readonly #name: string;
  readonly #open: Open;
  readonly #pulse: Pulse;
  readonly #place: () => Place;
  readonly #channel: BroadcastChannel;
  #closing = new AbortController();
  #hub: Hub | undefined;
  /** Whose word counts. */
  #holder: string | undefined;
  #isClosed = false;

  constructor(name: string, open: Open, pulse: Pulse, place: () => Place) {
    this.#name = `runnel:${name}`;
    this.#open = open;
    this.#pulse = pulse;
    this.#place = place;
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.onmessage = ({ data }: MessageEvent<Broadcast>) => this.#receive(data);
    this.#stand(false);
  }

  post(message: ToHub): void {
    if (this.#hub) this.#receive(message);
    else this.#channel.postMessage(message);
  }

  revive(): void {
    // A holder that has not heard itself was frozen, and somebody has taken its place: it waits in line.
    const wasHolder = this.#hub !== undefined;
    this.#holder = undefined;
    this.#stand(!wasHolder);
  }

  close(): void {
    this.#isClosed = true;
    this.#closing.abort();
    this.#channel.close();
  }

  #receive(message: Broadcast): void {
    if (message.kind === 'join') this.#hub?.join(message);
    else if (message.kind === 'holder' && !this.#hub) this.#hear(message.holder, message.message);
  }

  /** The newest holder counts, and whoever let this tab in. */
  #hear(holder: string, message: FromHub): void {
    if (message.kind === 'leading' || (message.kind === 'welcome' && !this.#holder)) this.#holder = holder;
    if (holder === this.#holder) this.onMessage(message);
  }

  /** Waits for the lock, or takes it; and again when somebody took it. */
  #stand(steal: boolean): void {
    this.#closing.abort();
    this.#closing = new AbortController();
    const { signal } = this.#closing;
    navigator.locks
      .request(this.#name, steal ? { steal } : { signal }, () => (signal.aborted ? undefined : this.#lead(signal)))
      .catch((error: unknown) => {
        // This tab does not want it any more.
        if (this.#closing.signal !== signal || this.#isClosed) return;
        // Somebody took it. Else there are no locks for this page, and it holds a connection for itself.
        if (error instanceof DOMException && error.name === 'AbortError') this.#stand(false);
        else void this.#lead(signal);
      });
  }

  async #lead(signal: AbortSignal): Promise<void> {
    const { cursor, recent } = this.#place();
    const holder = newId();
    const say = (message: FromHub) => {
      if (this.#hub !== hub || this.#isClosed) return;
      this.#channel.postMessage({ kind: 'holder', holder, message } satisfies Broadcast);
      this.#hear(holder, message);
    };
    const hub = new Hub(this.#open, message => queueMicrotask(() => say(message)), this.#pulse, cursor, [...recent]);
    this.#hub = hub;
    const leave = () => {
      if (this.#hub === hub) this.#hub = undefined;
      hub.close();
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      await hub.run();
    } finally {
      leave();
    }
  }
}
