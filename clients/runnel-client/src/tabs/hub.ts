import type { RunnelEvent } from '../events/event.ts';
import { ProblemError } from '../http/problem.ts';
import type { StreamStatus } from '../stream/end.ts';
import type { EventStream, FollowOptions } from '../stream/event-stream.ts';
import { Replay } from '../stream/replay.ts';
import type { FromHub, Pulse, ToHub } from './messages.ts';

/** Opens the stream that is shared. */
export type Open = (options: FollowOptions) => EventStream;

const kept = 1_000;

/** Holds the one connection, and gives its events to all tabs. */
export class Hub {
  readonly #post: (message: FromHub) => void;
  readonly #replay = new Replay();
  readonly #stream: EventStream;
  readonly #beat: ReturnType<typeof setInterval>;
  readonly #events: RunnelEvent[];
  /** Where the events that are kept begin. */
  #from: string | undefined;
  #pending: Extract<ToHub, { kind: 'join' }>[] = [];
  #isConnected = false;
  #status: StreamStatus = { state: 'connecting' };

  /** @param earlier What the holder has seen as a tab, so that others who have seen less can go on from here. */
  constructor(open: Open, post: (message: FromHub) => void, pulse: Pulse, after?: string, earlier: RunnelEvent[] = []) {
    this.#post = post;
    this.#from = earlier.length ? undefined : after;
    this.#events = earlier.filter(event => event.id);
    for (const event of earlier) this.#replay.apply(event);
    this.#stream = open({ after, onStatus: status => this.#say(status) });
    this.#beat = setInterval(() => post({ kind: 'beat' }), pulse.beatMs);
    post({ kind: 'leading' });
  }

  /** Until the stream is over, or it is closed. */
  async run(): Promise<void> {
    try {
      for await (const event of this.#stream) this.#take(event);
    } catch (error) {
      // The status has said it.
      if (!(error instanceof ProblemError)) throw error;
    } finally {
      clearInterval(this.#beat);
    }
  }

  join(message: Extract<ToHub, { kind: 'join' }>): void {
    if (this.#isConnected || this.#status.state === 'ended') this.#welcome(message);
    else this.#pending.push(message);
  }

  close(): void {
    this.#stream.close();
    clearInterval(this.#beat);
  }

  #say(status: StreamStatus): void {
    // It was closed from here, and another holder goes on.
    if (status.state === 'ended' && status.end.reason === 'closed') return;
    this.#status = status;
    // What it failed of cannot be posted, and is nobody else's business.
    this.#post({ kind: 'status', status: JSON.parse(JSON.stringify(status)) });
    if (status.state === 'ended') this.#welcomeAll();
  }

  #take(event: RunnelEvent): void {
    this.#replay.apply(event);
    if (event.id) {
      this.#events.push(event);
      if (this.#events.length > kept) this.#from = this.#events.shift()?.id;
    }
    this.#post({ kind: 'event', event });
    if (event.type === 'connected' || event.type === 'resync') {
      this.#from ??= this.#events[0]?.id;
      this.#isConnected = true;
      this.#welcomeAll();
    }
  }

  #welcomeAll(): void {
    for (const message of this.#pending) this.#welcome(message);
    this.#pending = [];
  }

  #welcome({ tab, after }: Extract<ToHub, { kind: 'join' }>): void {
    this.#post({ kind: 'welcome', tab, events: this.#since(after) });
    this.#post({ kind: 'status', status: JSON.parse(JSON.stringify(this.#status)) });
  }

  /** Everything after a cursor; where that is not known any more, the state to go on from. */
  #since(after: string | undefined): readonly RunnelEvent[] {
    const { cursor } = this.#stream;
    if (cursor === undefined) return [];
    const opening = this.#replay.opening(cursor);
    if (after === undefined) return [opening];
    const at = this.#events.findLastIndex(event => event.id === after);
    if (at >= 0) return this.#events.slice(at + 1);
    if (after === this.#from) return [...this.#events];
    return [{ ...opening, type: 'resync', reason: 'retention' }];
  }
}
