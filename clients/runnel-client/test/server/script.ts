import type { RunnelEvent } from '../../src/index.ts';

const ids = { thread_id: 't', turn_id: 'n', message_id: 'm' };

/** One turn, as a log of events numbered from 1. */
export const pieces = ['Wasser, ', 'das ', 'fließt 🌊', ', ', '从山', '到海', ' — ', 'und ', 'nie\n\n', 'steht.'];

export const text = pieces.join('');

export const log: readonly RunnelEvent[] = [
  {
    type: 'user_message',
    ...ids,
    message_id: 'u',
    content: 'river?',
    client_message_id: 'c',
    created_at: '2026-01-01T00:00:00.000Z',
  } as const,
  {
    type: 'ai_response_start',
    ...ids,
    digital_human_id: null,
    model: 'x',
    attempt: 1,
    started_at: '2026-01-01T00:00:00.000Z',
  } as const,
  ...pieces.map(content => ({ type: 'ai_response_chunk', ...ids, content }) as const),
  {
    type: 'ai_response_complete',
    ...ids,
    final_content: text,
    finish_reason: 'stop',
    usage: { input_tokens: 1, output_tokens: 2, estimated: false },
    model: 'x',
    duration_ms: 1,
    first_token_ms: 1,
    knowledge_used: [],
  } as const,
].map((event, index) => ({ ...event, id: `g.${index + 1}` }));

/** The number of a cursor of this log; 0 where there is none. */
export const numberOf = (cursor: string | undefined | null): number => Number(cursor?.split('.').at(-1) ?? 0);

export function frame(event: RunnelEvent, newline = '\n'): string {
  const { id, ...data } = event;
  const lines = [`event: ${event.type}`, `data: ${JSON.stringify(data)}`, ...(id ? [`id: ${id}`] : []), '', ''];
  return lines.join(newline);
}

export function connected(cursor: string, heartbeat = 15): RunnelEvent {
  return {
    type: 'connected',
    thread_id: 't',
    cursor,
    heartbeat_seconds: heartbeat,
    running: [],
    queued: [],
    id: cursor,
  };
}
