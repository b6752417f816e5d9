import type { RunnelEvent } from '../events/event.ts';
import { ProblemError } from '../http/problem.ts';
import { Backoff } from './backoff.ts';
import { Connection } from './connection.ts';
import type { Loss, Outcome, StreamEnd, StreamStatus } from './end.ts';
import { Poll } from './poll.ts';
import type { Position, Target } from './target.ts';
import { defaultTuning, type Tuning } from './tuning.ts';
import { onWake, wait } from './wake.ts';

export interface FollowOptions {
  /** The cursor after which to begin; without it the stream begins now, with `0` at the oldest event retained. */
  readonly after?: string | undefined;
  /** Ends the stream. */
  readonly signal?: AbortSignal | undefined;
  /** Called with every change of what the stream is doing. */
  readonly onStatus?: (status: StreamStatus) => void;
  readonly tuning?: Partial<Tuning>;
}

export interface Listener {
  onEvent(event: RunnelEvent): void;
  onEnd?(end: StreamEnd): void;
}

/**
 * The events of a stream, each once and in order, over however many connections it takes. Iterate it, or `listen`; one of
 * the two, once. Whoever takes events slowly slows the connection down, and loses nothing.
 */
export class EventStream implements AsyncIterable<RunnelEvent> {
  readonly #target: Target;
  readonly #options: FollowOptions;
  readonly #tuning: Tuning;
  readonly #backoff: Backoff;
  readonly #closing = new AbortController();
  readonly #position: Position;
  #status: StreamStatus = { state: 'connecting' };
  #begun = false;
  #mutes = 0;
  #mutedUntil = 0;

  constructor(target: Target, options: FollowOptions = {}) {
    this.#target = target;
    this.#options = options;
    this.#tuning = { ...defaultTuning, ...options.tuning };
    this.#backoff = new Backoff(this.#tuning);
    this.#position = { cursor: options.after };
  }

  /** Everything up to and with this event has been given out. Begin another stream with it as `after`. */
  get cursor(): string | undefined {
    return this.#position.cursor;
  }

  get status(): StreamStatus {
    return this.#status;
  }

  /** Why it is over; undefined while it is not. */
  get end(): StreamEnd | undefined {
    return this.#status.state === 'ended' ? this.#status.end : undefined;
  }

  close(): void {
    this.#closing.abort();
  }

  /** Calls back until the stream is over. What a callback throws ends the stream and rejects the promise. */
  async listen(listener: Listener): Promise<StreamEnd> {
    try {
      for await (const event of this) listener.onEvent(event);
    } catch (error) {
      if (!(error instanceof ProblemError) || !this.end) throw error;
    }
    const end = this.end ?? { reason: 'closed' };
    listener.onEnd?.(end);
    return end;
  }

  /** Ends where the stream does, see `end`; throws {@link ProblemError} where the server refuses it. */
  async *[Symbol.asyncIterator](): AsyncGenerator<RunnelEvent, void> {
    if (this.#begun) throw new Error('A stream is followed once; begin another one with its cursor.');
    this.#begun = true;
    const { signal } = this.#options;
    const close = () => this.close();
    signal?.addEventListener('abort', close, { once: true });
    if (signal?.aborted) close();
    let end: StreamEnd = { reason: 'closed' };
    try {
      end = yield* this.#run(this.#closing.signal);
    } finally {
      signal?.removeEventListener('abort', close);
      this.#say({ state: 'ended', end });
    }
    if (end.reason === 'unauthenticated' || end.reason === 'refused') throw end.error;
  }

  async *#run(signal: AbortSignal): AsyncGenerator<RunnelEvent, StreamEnd> {
    const asleep = onWake(why => {
      // Another network may not mute it.
      if (why === 'online') this.#mutedUntil = 0;
    });
    try {
      while (!signal.aborted) {
        const outcome = yield* this.#attempt(signal);
        if (outcome.kind === 'end') return outcome.end;
        if (outcome.loss.reason !== 'retry') await this.#pause(outcome.loss, signal);
      }
      return { reason: 'closed' };
    } finally {
      asleep();
    }
  }

  async *#attempt(signal: AbortSignal): AsyncGenerator<RunnelEvent, Outcome> {
    const { eventsPath } = this.#target;
    const poll = eventsPath === undefined ? undefined : new Poll({ ...this.#target, eventsPath }, this.#tuning);
    if (!poll || !this.#isMuted()) {
      this.#say({ state: 'connecting' });
      const live = () => this.#say({ state: 'live' });
      const connection = new Connection(this.#target, this.#tuning, this.#backoff, live);
      const outcome = yield* connection.run(this.#position, signal);
      if (outcome.kind === 'end' || !poll || !(await this.#detectsMute(connection, outcome.loss, poll, signal))) {
        return outcome;
      }
      this.#mutedUntil = performance.now() + this.#tuning.muteMs;
    }
    this.#say({ state: 'polling' });
    return yield* poll.run(this.#position, signal, () => !this.#isMuted());
  }

  readonly #isMuted = () => performance.now() < this.#mutedUntil;

  /**
   * A stream is muted where the server answers requests, and the stream said nothing: not even `connected`, which comes
   * before anything else; or, twice in a row, none of the heartbeats after it.
   */
  async #detectsMute(connection: Connection, loss: Loss, poll: Poll, signal: AbortSignal): Promise<boolean> {
    this.#mutes = loss.reason === 'silent' && !connection.wasSpeaking ? this.#mutes + 1 : 0;
    if (this.#mutes === 0 || (this.#mutes === 1 && connection.wasConnected)) return false;
    return poll.answers(this.#position, signal);
  }

  async #pause(loss: Loss, signal: AbortSignal): Promise<void> {
    const delayMs = this.#backoff.next(loss.atLeastMs);
    this.#say({ state: 'waiting', delayMs, failures: this.#backoff.failures, loss });
    // Rejects when aborted, which the caller sees by the signal.
    await wait(delayMs, signal, loss.atLeastMs).catch(() => {});
  }

  #say(status: StreamStatus): void {
    this.#status = status;
    this.#options.onStatus?.(status);
  }
}
