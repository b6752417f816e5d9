import { type Action, initialState, type RunnelEvent, type RunnelState, reduce, threadOf } from '../../src/index.ts';

/** A stream of one conversation that is written down by hand. */
export class Story {
  #number = 0;
  readonly events: RunnelEvent[] = [];

  says(event: RunnelEvent): this {
    this.events.push({ ...event, id: `g.${++this.#number}` });
    return this;
  }

  user(turn: string, content = 'question', thread_id = 't'): this {
    return this.says({
      type: 'user_message',
      thread_id,
      turn_id: turn,
      message_id: `u-${turn}`,
      content,
      client_message_id: `c-${turn}`,
      created_at: '2026-01-01T00:00:00.000Z',
    });
  }

  start(turn: string, attempt = 1): this {
    return this.says({
      type: 'ai_response_start',
      ...of(turn),
      digital_human_id: null,
      model: 'x',
      attempt,
      started_at: '2026-01-01T00:00:00.000Z',
    });
  }

  chunks(turn: string, ...pieces: string[]): this {
    for (const content of pieces) this.says({ type: 'ai_response_chunk', ...of(turn), content });
    return this;
  }

  thinks(turn: string, content: string): this {
    return this.says({ type: 'ai_reasoning_chunk', ...of(turn), content });
  }

  reset(turn: string): this {
    return this.says({ type: 'ai_response_reset', ...of(turn), reason: 'upstream_closed' });
  }

  queued(turn: string, position: number): this {
    return this.says({ type: 'turn_queued', thread_id: 't', turn_id: turn, position });
  }

  complete(turn: string, final_content: string, finish_reason: 'stop' | 'stopped' = 'stop'): this {
    return this.says({
      type: 'ai_response_complete',
      ...of(turn),
      final_content,
      finish_reason,
      usage: { input_tokens: 1, output_tokens: 1, estimated: false },
      model: 'x',
      duration_ms: 1,
      first_token_ms: 1,
      knowledge_used: [],
    });
  }

  fails(turn: string, partial_content: string, code = 'upstream_closed'): this {
    return this.says({
      type: 'conversation_error',
      ...of(turn),
      error: 'It broke.',
      code,
      retryable: true,
      partial_content,
    });
  }

  updated(change: object): this {
    return this.says({ type: 'conversation_updated', thread_id: 't', ...change });
  }
}

const of = (turn: string) => ({ thread_id: 't', turn_id: turn, message_id: `a-${turn}` });

export const run = (actions: readonly Action[], from: RunnelState = initialState): RunnelState =>
  actions.reduce(reduce, from);

/** The conversation as a person reads it. */
export const read = (state: RunnelState): string[] =>
  threadOf(state, 't').messages.map(message => `${message.role === 'user' ? '>' : '<'} ${message.content}`);

/** Everything that does not merely count. */
export function essence(state: RunnelState): unknown {
  return JSON.parse(
    JSON.stringify({ ...state, cursor: undefined, tick: 0 }, (key, value) =>
      key === 'touched' || key === 'staleAt' || key === 'applied' ? undefined : value,
    ),
  );
}
