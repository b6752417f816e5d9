import type { EventOf, RunnelEvent } from '../events/event.ts';
import type { QueuedTurn, RunningTurn } from '../events/opening.ts';
import { RoundReplay } from './round-replay.ts';

/** What the events of a stream add up to: which turns or rounds run, with their text, and which wait. */
export class Replay {
  readonly #running = new Map<string, RunningTurn>();
  readonly #queued = new Map<string, QueuedTurn>();
  readonly #rounds = new RoundReplay();
  #digitalHumanId: number | null | undefined;
  #threadId: string | null | undefined;
  #heartbeatSeconds = 0;

  constructor(threadId?: string | null) {
    this.#threadId = threadId;
  }

  /** What a stream would say first at this position. */
  opening(cursor: string): EventOf<'connected'> {
    return {
      type: 'connected',
      ...(this.#threadId === undefined ? {} : { thread_id: this.#threadId }),
      ...(this.#digitalHumanId === undefined ? {} : { digital_human_id: this.#digitalHumanId }),
      cursor,
      heartbeat_seconds: this.#heartbeatSeconds,
      running: [...this.#running.values(), ...this.#rounds.running.values()],
      queued: [...this.#queued.values(), ...this.#rounds.queued.values()],
      id: cursor,
    };
  }

  apply(event: RunnelEvent): void {
    if (event.type === 'connected' || event.type === 'resync') this.#begin(event);
    else if ('turn_id' in event) this.#turn(event);
    else if ('round_id' in event) this.#rounds.apply(event);
  }

  #begin(event: EventOf<'connected' | 'resync'>): void {
    this.#heartbeatSeconds = event.heartbeat_seconds;
    if (event.thread_id !== undefined) this.#threadId = event.thread_id;
    if (event.digital_human_id !== undefined) this.#digitalHumanId = event.digital_human_id;
    // After a cursor the state stays: what follows continues it.
    if (event.type === 'resync') {
      for (const known of [this.#running, this.#queued, this.#rounds.running, this.#rounds.queued]) known.clear();
    }
    for (const one of event.running) {
      if ('turn_id' in one) this.#running.set(one.turn_id, one);
      else this.#rounds.running.set(one.round_id, one);
    }
    for (const one of event.queued ?? []) {
      if ('turn_id' in one) this.#queued.set(one.turn_id, one);
      else this.#rounds.queued.set(one.round_id, one);
    }
  }

  #turn(event: Extract<RunnelEvent, { readonly turn_id: string }>): void {
    const turn = this.#running.get(event.turn_id);
    const change = (to: Partial<RunningTurn>) => turn && this.#running.set(event.turn_id, { ...turn, ...to });
    switch (event.type) {
      case 'turn_queued':
        this.#queued.set(event.turn_id, event);
        break;
      case 'ai_response_start':
        this.#queued.delete(event.turn_id);
        this.#running.set(event.turn_id, { ...event, accumulated_content: '', reasoning: '' });
        break;
      case 'ai_response_chunk':
        change({ accumulated_content: (turn?.accumulated_content ?? '') + event.content });
        break;
      case 'ai_reasoning_chunk':
        change({ reasoning: (turn?.reasoning ?? '') + event.content });
        break;
      case 'ai_response_reset':
        change({ accumulated_content: '', reasoning: '' });
        break;
      case 'ai_response_complete':
      case 'conversation_error':
        this.#running.delete(event.turn_id);
        this.#queued.delete(event.turn_id);
    }
  }
}
