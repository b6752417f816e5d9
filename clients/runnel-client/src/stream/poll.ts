import type { RunnelEvent } from '../events/event.ts';
import type { Outcome } from './end.ts';
import { asEvent } from './frames.ts';
import { Replay } from './replay.ts';
import { Silence } from './silence.ts';
import { judge, lost } from './statuses.ts';
import type { Position, Target } from './target.ts';
import type { Tuning } from './tuning.ts';

interface Page {
  readonly events: readonly { readonly id?: string; readonly event: string; readonly data: unknown }[];
  readonly cursor: string;
  readonly up_to_date: boolean;
}

/** The events of a stream by long-poll: the same, on the same cursor, without the first one. */
export class Poll {
  readonly #target: Target & { readonly eventsPath: string };
  readonly #tuning: Tuning;

  constructor(target: Target & { readonly eventsPath: string }, tuning: Tuning) {
    this.#target = target;
    this.#tuning = tuning;
  }

  /** Whether the server answers at all, which tells a muted stream from one whose server is away. */
  async answers(position: Position, signal: AbortSignal): Promise<boolean> {
    const page = await this.#page(position.cursor, 1, 0, signal);
    return 'cursor' in page;
  }

  /** Fetches until it fails, or until it is time to try the stream again: then `retry`. */
  async *run(position: Position, signal: AbortSignal, isOver: () => boolean): AsyncGenerator<RunnelEvent, Outcome> {
    if (!position.cursor) {
      const opened = yield* this.#begin(position, signal);
      if (opened) return opened;
    }
    while (!isOver()) {
      const page = await this.#page(position.cursor, 1000, this.#tuning.pollWaitMs, signal);
      if (!('cursor' in page)) return page;
      for (const { data, event, id } of page.events) {
        const next = asEvent(data, event, id);
        if (id) position.cursor = id;
        yield next;
        if (this.#target.isLast?.(next)) return { kind: 'end', end: { reason: 'complete' } };
      }
      position.cursor = page.cursor;
    }
    return lost('retry');
  }

  /** A stream without a cursor begins now, with what runs; here that is what all retained events add up to. */
  async *#begin(position: Position, signal: AbortSignal): AsyncGenerator<RunnelEvent, Outcome | undefined> {
    const replay = new Replay(this.#target.threadId);
    let cursor: string | undefined = '0';
    for (let upToDate = false; !upToDate; ) {
      const page: Page | Outcome = await this.#page(cursor, 1000, 0, signal);
      if (!('cursor' in page)) return page;
      for (const { data, event, id } of page.events) replay.apply(asEvent(data, event, id));
      cursor = page.cursor;
      upToDate = page.up_to_date || page.events.length === 0;
    }
    position.cursor = cursor;
    yield replay.opening(cursor);
    return undefined;
  }

  async #page(cursor: string | undefined, limit: number, waitMs: number, signal: AbortSignal): Promise<Page | Outcome> {
    const aborted = new AbortController();
    const abort = () => aborted.abort(signal.reason);
    const silence = new Silence(waitMs + this.#tuning.openingMs, abort);
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await silence.during(this.#ask(cursor, limit, waitMs, aborted.signal));
    } catch {
      return signal.aborted ? { kind: 'end', end: { reason: 'closed' } } : lost('unreachable');
    } finally {
      silence.end();
      signal.removeEventListener('abort', abort);
    }
  }

  async #ask(cursor: string | undefined, limit: number, waitMs: number, signal: AbortSignal): Promise<Page | Outcome> {
    const response = await this.#target.transport.ask(this.#target.eventsPath, {
      query: { after: cursor, limit, wait_seconds: Math.floor(waitMs / 1000) },
      signal,
    });
    const verdict = await judge(response, 'application/json');
    return verdict ?? ((await response.json()) as Page);
  }
}
