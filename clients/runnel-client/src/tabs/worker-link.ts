import type { FromHub, Link, ToHub } from './messages.ts';

/** The connection is a worker's, which all tabs share. Where the worker cannot be had, another link takes its place. */
export class WorkerLink implements Link {
  readonly #worker: SharedWorker;
  readonly #instead: () => Link;
  #onMessage: (message: FromHub) => void = () => {};
  #other: Link | undefined;
  #joined: Extract<ToHub, { kind: 'join' }> | undefined;

  constructor(make: () => SharedWorker, instead: () => Link) {
    this.#instead = instead;
    this.#worker = make();
    this.#worker.port.onmessage = ({ data }: MessageEvent<FromHub>) => {
      if (!this.#other) this.#onMessage(data);
    };
    this.#worker.onerror = () => this.revive();
  }

  set onMessage(listen: (message: FromHub) => void) {
    this.#onMessage = listen;
    if (this.#other) this.#other.onMessage = listen;
  }

  post(message: ToHub): void {
    if (message.kind === 'join') this.#joined = message;
    if (this.#other) this.#other.post(message);
    else this.#worker.port.postMessage(message);
  }

  revive(): void {
    if (this.#other) {
      this.#other.revive();
      return;
    }
    // Where it lives, and was only slow, it has nothing more to do for this tab.
    if (this.#joined) this.#worker.port.postMessage({ ...this.#joined, kind: 'leave' } satisfies ToHub);
    this.#worker.port.close();
    this.#other = this.#instead();
    this.#other.onMessage = message => this.#onMessage(message);
  }

  close(): void {
    this.#other?.close();
    this.#worker.port.close();
  }
}
