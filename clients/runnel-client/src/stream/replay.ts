import type { EventOf, RunnelEvent } from '../events/event.ts';
import type { QueuedTurn, RunningTurn } from '../events/opening.ts';

/** What a stream would have said first at the end of these events: which turns run, with their text, and which wait. */
export function openingOf(
  events: readonly RunnelEvent[],
  cursor: string,
  threadId: string | null | undefined,
): EventOf<'connected'> {
  const running = new Map<string, RunningTurn>();
  const queued = new Map<string, QueuedTurn>();
  for (const event of events) apply(event, running, queued);
  return {
    type: 'connected',
    ...(threadId === undefined ? {} : { thread_id: threadId }),
    cursor,
    heartbeat_seconds: 0,
    running: [...running.values()],
    queued: [...queued.values()],
    id: cursor,
  };
}

function apply(event: RunnelEvent, running: Map<string, RunningTurn>, queued: Map<string, QueuedTurn>): void {
  if (!('turn_id' in event)) return;
  const turn = running.get(event.turn_id);
  switch (event.type) {
    case 'turn_queued':
      queued.set(event.turn_id, { thread_id: event.thread_id, turn_id: event.turn_id, position: event.position });
      break;
    case 'ai_response_start': {
      const { thread_id, turn_id, message_id, model, attempt, started_at } = event;
      queued.delete(turn_id);
      const text = { accumulated_content: '', reasoning: '' };
      running.set(turn_id, { thread_id, turn_id, message_id, ...text, model, attempt, started_at });
      break;
    }
    case 'ai_response_chunk':
      if (turn) {
        running.set(event.turn_id, { ...turn, accumulated_content: turn.accumulated_content + event.content });
      }
      break;
    case 'ai_reasoning_chunk':
      if (turn) running.set(event.turn_id, { ...turn, reasoning: turn.reasoning + event.content });
      break;
    case 'ai_response_reset':
      if (turn) running.set(event.turn_id, { ...turn, accumulated_content: '', reasoning: '' });
      break;
    case 'ai_response_complete':
    case 'conversation_error':
      running.delete(event.turn_id);
      queued.delete(event.turn_id);
      break;
  }
}
