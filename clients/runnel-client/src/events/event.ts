import type { ConversationEvent } from './conversation.ts';
import type { StreamEvent } from './opening.ts';
import type { TrainingEvent } from './training.ts';

/** The data of an event, as it stands on the wire. */
export type EventData = ConversationEvent | TrainingEvent | StreamEvent;

/**
 * An event with its cursor. Every event has one but `ping`, `server_draining` and `server_busy`. A server that is newer
 * than this package may send other types: leave them alone.
 */
export type RunnelEvent = EventData & { readonly id?: string };

export type EventType = EventData['type'];

/** The event of one type: `EventOf<'ai_response_chunk'>`. */
export type EventOf<T extends EventType> = Extract<RunnelEvent, { readonly type: T }>;

/** Whether nothing of its turn or round follows. */
export function isTerminal(
  event: RunnelEvent,
): event is EventOf<'ai_response_complete' | 'conversation_error' | 'training_complete' | 'training_error'> {
  return terminal.has(event.type);
}

const terminal = new Set<string>(['ai_response_complete', 'conversation_error', 'training_complete', 'training_error']);
