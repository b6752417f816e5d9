import type { EventOf } from '../events/event.ts';
import { isEnded, type MessageState } from './message.ts';
import { inOrder, withMessage, withoutTurn } from './messages.ts';
import type { ThreadState } from './state.ts';
import { applyText } from './text.ts';

/** What the events of turns do to their conversation. Each changes nothing when it comes again. */
type Handler<T extends TurnEvent> = (thread: ThreadState, event: EventOf<T>, tick: number) => ThreadState;

type TurnEvent =
  | 'user_message'
  | 'turn_queued'
  | 'ai_response_start'
  | 'ai_reasoning_chunk'
  | 'ai_response_chunk'
  | 'ai_response_reset'
  | 'ai_response_complete'
  | 'conversation_error';

const userMessage: Handler<'user_message'> = (thread, event, tick) => {
  const isKnown = thread.messages.some(message => message.message_id === event.message_id && message.turn_id);
  const next = withMessage(thread, event, 'user', message => ({
    ...message,
    turn_id: event.turn_id,
    client_message_id: event.client_message_id,
    content: event.content,
    created_at: event.created_at,
    touched: isKnown ? message.touched : tick,
  }));
  return isKnown || next.running ? next : { ...next, running: { turn_id: event.turn_id } };
};

const queued: Handler<'turn_queued'> = (thread, event) => {
  if (hasAnswer(thread, event.turn_id)) return thread;
  const { queue, ...rest } = withoutTurn(thread, event.turn_id);
  const turns = [...queue, { turn_id: event.turn_id, position: event.position }];
  return inOrder({ ...rest, queue: turns.toSorted((a, b) => a.position - b.position) });
};

const start: Handler<'ai_response_start'> = (thread, event, tick) => {
  const { turn_id, message_id, model, attempt, started_at } = event;
  const known = thread.messages.find(message => message.message_id === message_id);
  if (known && isEnded(known)) return thread;
  const free = { ...withoutTurn(thread, turn_id), running: { turn_id, message_id, model, attempt, started_at } };
  return withMessage(free, event, 'assistant', message => {
    const begun = applyText(message, event.id, { content: '', reasoning: '' });
    return begun === message ? message : { ...begun, turn_id, model, attempt, touched: tick };
  });
};

const reasoningChunk: Handler<'ai_reasoning_chunk'> = (thread, event, tick) =>
  write(thread, event, tick, message => ({ reasoning: message.reasoning + event.content }));

const responseChunk: Handler<'ai_response_chunk'> = (thread, event, tick) =>
  write(thread, event, tick, message => ({
    content: event.accumulated_content ?? message.content + event.content,
  }));

const reset: Handler<'ai_response_reset'> = (thread, event, tick) =>
  write(thread, event, tick, () => ({ content: '', reasoning: '' }));

/** What is written of an answer that has not ended; whatever comes late for one that has, changes nothing. */
function write(
  thread: ThreadState,
  event: EventOf<'ai_reasoning_chunk' | 'ai_response_chunk' | 'ai_response_reset'>,
  tick: number,
  change: (message: MessageState) => Partial<MessageState>,
): ThreadState {
  return withMessage(thread, event, 'assistant', message => {
    if (isEnded(message)) return message;
    const next = applyText(message, event.id, change(message));
    return next === message ? message : { ...next, turn_id: event.turn_id, touched: tick };
  });
}

const complete: Handler<'ai_response_complete'> = (thread, event, tick) =>
  ended(thread, event, tick, message => ({
    ...message,
    content: event.final_content,
    status: event.finish_reason === 'stopped' ? 'stopped' : 'complete',
    finish_reason: event.finish_reason,
    usage: event.usage,
    model: event.model,
    duration_ms: event.duration_ms,
    first_token_ms: event.first_token_ms,
    knowledge_used: event.knowledge_used,
  }));

const failed: Handler<'conversation_error'> = (thread, event, tick) =>
  ended(thread, event, tick, message => ({
    ...message,
    content: event.partial_content,
    status: event.code === 'interrupted' ? 'interrupted' : 'failed',
    error: { code: event.code, error: event.error, retryable: event.retryable },
  }));

function ended(
  thread: ThreadState,
  event: EventOf<'ai_response_complete' | 'conversation_error'>,
  tick: number,
  change: (message: MessageState) => MessageState,
): ThreadState {
  return withMessage(withoutTurn(thread, event.turn_id), event, 'assistant', message => {
    // History may have brought the end, without what only the event says.
    const isNew = !isEnded(message) || !('turn_id' in message) || message.touched === 0;
    const { applied: _, ...rest } = message;
    return isNew ? { ...change(rest), turn_id: event.turn_id, touched: tick } : message;
  });
}

const hasAnswer = (thread: ThreadState, turnId: string): boolean =>
  thread.messages.some(message => message.turn_id === turnId && message.role === 'assistant');

export const turnHandlers = {
  user_message: userMessage,
  turn_queued: queued,
  ai_response_start: start,
  ai_reasoning_chunk: reasoningChunk,
  ai_response_chunk: responseChunk,
  ai_response_reset: reset,
  ai_response_complete: complete,
  conversation_error: failed,
};
