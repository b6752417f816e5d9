import type { Tuning } from './tuning.ts';

/** How long to wait before the next attempt: what the server asks for, and a random share of a span that doubles. */
export class Backoff {
  readonly #tuning: Tuning;
  readonly #random: () => number;
  #failures = 0;
  #retryMs = 0;

  constructor(tuning: Tuning, random: () => number = Math.random) {
    this.#tuning = tuning;
    this.#random = random;
  }

  /** Attempts since the last connection that held. */
  get failures(): number {
    return this.#failures;
  }

  /** The server's `retry:`; it holds until the next one. */
  set retryMs(ms: number) {
    this.#retryMs = ms;
  }

  /** A connection ended after so long. */
  lived(ms: number): void {
    if (ms >= this.#tuning.stableMs) this.#failures = 0;
  }

  /** @param atLeastMs What the answer asked for, as `Retry-After` does. */
  next(atLeastMs = 0): number {
    const { backoffMs, backoffCapMs } = this.#tuning;
    const span = Math.min(backoffCapMs, backoffMs * 2 ** Math.min(this.#failures++, 30));
    return Math.max(atLeastMs, this.#retryMs) + this.#random() * span;
  }
}
