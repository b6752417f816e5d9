import { onWake } from './wake.ts';

/** Ends a connection on which nothing was heard for too long. It listens only while somebody waits for the network. */
export class Silence {
  readonly #onSilent: () => void;
  readonly #asleep: () => void;
  #limitMs: number;
  #since = elapsed();
  #listening = false;
  #heard = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(limitMs: number, onSilent: () => void) {
    this.#limitMs = limitMs;
    this.#onSilent = onSilent;
    this.#asleep = onWake(() => this.#check());
  }

  set limitMs(ms: number) {
    this.#limitMs = ms;
  }

  /** How often something was heard. */
  get heard(): number {
    return this.#heard;
  }

  /** Waits for the network. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#since = elapsed();
    this.#listening = true;
    this.#arm(this.#limitMs);
    try {
      const heard = await work;
      this.#heard++;
      return heard;
    } finally {
      this.#listening = false;
      clearTimeout(this.#timer);
    }
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#asleep();
  }

  #arm(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#check(), ms);
  }

  #check(): void {
    if (!this.#listening) return;
    const left = this.#limitMs - this.#since();
    if (left <= 0) this.#onSilent();
    else this.#arm(left);
  }
}

/** Timers and one clock stand still while a machine sleeps, and the other may be set: the larger of the two holds. */
function elapsed(): () => number {
  const [steady, wall] = [performance.now(), Date.now()];
  return () => Math.max(performance.now() - steady, Date.now() - wall);
}
