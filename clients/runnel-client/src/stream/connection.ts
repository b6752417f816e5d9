import type { RunnelEvent } from '../events/event.ts';
import type { Backoff } from './backoff.ts';
import type { Outcome } from './end.ts';
import { MalformedError, readEvents } from './frames.ts';
import { Silence } from './silence.ts';
import { judge, lost } from './statuses.ts';
import type { Position, Target } from './target.ts';
import type { Tuning } from './tuning.ts';

/** One connection of an event stream, from the request to its loss. */
export class Connection {
  readonly #target: Target;
  readonly #tuning: Tuning;
  readonly #backoff: Backoff;
  readonly #onConnected: () => void;
  readonly #aborted = new AbortController();
  #loss: Outcome = lost('ended');
  #connectedAt: number | undefined;
  #heardAtFirst = 0;
  #wasSpeaking = false;

  constructor(target: Target, tuning: Tuning, backoff: Backoff, onConnected: () => void) {
    this.#target = target;
    this.#tuning = tuning;
    this.#backoff = backoff;
    this.#onConnected = onConnected;
  }

  /** Whether anything was heard after its first event. */
  get wasSpeaking(): boolean {
    return this.#wasSpeaking;
  }

  get wasConnected(): boolean {
    return this.#connectedAt !== undefined;
  }

  async *run(position: Position, signal: AbortSignal): AsyncGenerator<RunnelEvent, Outcome> {
    const silence = new Silence(this.#tuning.openingMs, () => this.#fall('silent'));
    const abort = () => this.#aborted.abort(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    try {
      const verdict = yield* this.#hear(position, silence);
      if (verdict) return verdict;
    } catch (error) {
      if (signal.aborted) return { kind: 'end', end: { reason: 'closed' } };
      if (!this.#aborted.signal.aborted) this.#fall(error instanceof MalformedError ? 'malformed' : 'unreachable');
    } finally {
      silence.end();
      if (this.wasConnected && silence.heard > this.#heardAtFirst) this.#wasSpeaking = true;
      signal.removeEventListener('abort', abort);
      this.#aborted.abort();
      if (this.#connectedAt !== undefined) this.#backoff.lived(performance.now() - this.#connectedAt);
    }
    return this.#loss;
  }

  async *#hear(position: Position, silence: Silence): AsyncGenerator<RunnelEvent, Outcome | undefined> {
    const response = await silence.during(this.#open(position));
    const verdict = await judge(response, 'text/event-stream', this.#target.body === undefined);
    if (verdict) return verdict;
    if (!response.body) return lost('malformed');
    const retry = (ms: number) => {
      this.#backoff.retryMs = ms;
    };
    for await (const event of readEvents(response.body, silence, retry)) {
      this.#note(event, silence);
      if (event.id) position.cursor = event.id;
      yield event;
      if (this.#target.isLast?.(event)) return { kind: 'end', end: { reason: 'complete' } };
    }
    return undefined;
  }

  #open(position: Position): Promise<Response> {
    const { transport, streamPath, query, body } = this.#target;
    return transport.ask(streamPath, {
      ...(body === undefined ? {} : { method: 'POST', body }),
      query: query ?? {},
      headers: { accept: 'text/event-stream', ...(position.cursor ? { 'last-event-id': position.cursor } : {}) },
      signal: this.#aborted.signal,
    });
  }

  #note(event: RunnelEvent, silence: Silence): void {
    if (event.type === 'connected' || event.type === 'resync') {
      this.#connectedAt = performance.now();
      this.#heardAtFirst = silence.heard;
      silence.limitMs = event.heartbeat_seconds * 1000 * this.#tuning.silentHeartbeats;
      this.#onConnected();
      return;
    }
    this.#wasSpeaking = true;
    if (event.type === 'server_draining' || event.type === 'server_busy') {
      const reason = event.type === 'server_busy' ? 'busy' : 'draining';
      this.#loss = lost(reason, { atLeastMs: event.retry_ms });
    }
  }

  #fall(reason: 'silent' | 'malformed' | 'unreachable'): void {
    this.#loss = lost(reason);
    this.#aborted.abort();
  }
}
