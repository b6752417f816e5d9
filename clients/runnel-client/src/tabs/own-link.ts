import { Hub, type Open } from './hub.ts';
import type { Place } from './locks.ts';
import type { FromHub, Link, Pulse, ToHub } from './messages.ts';

/** Where tabs cannot agree (a page without TLS has no locks, a policy may forbid channels) each has its own connection. */
export class OwnLink implements Link {
  onMessage: (message: FromHub) => void = () => {};
  readonly #hub: Hub;

  constructor(open: Open, pulse: Pulse, { cursor, recent }: Place) {
    const say = (message: FromHub) => queueMicrotask(() => this.onMessage(message));
    this.#hub = new Hub(open, say, pulse, cursor, [...recent]);
    void this.#hub.run();
  }

  post(message: ToHub): void {
    if (message.kind === 'join') this.#hub.join(message);
  }

  /** Nobody is silent but this tab itself, which was frozen. */
  revive(): void {}

  close(): void {
    this.#hub.close();
  }
}
