import type { EventOf } from '../events/event.ts';
import type { MessageState } from './message.ts';
import { type RunnelState, type ThreadState, threadOf, withThread } from './state.ts';

/** What changed in a conversation besides its turns. */
export function updated(state: RunnelState, event: EventOf<'conversation_updated'>, tick: number): RunnelState {
  const row = state.rows[event.thread_id];
  const { title, updated_at, withdrawn, feedback, active_message_id } = event;
  let next = state;
  if (row && (title !== undefined || updated_at !== undefined)) {
    const change = { ...(title === undefined ? {} : { title }), ...(updated_at === undefined ? {} : { updated_at }) };
    next = { ...next, rows: { ...next.rows, [row.thread_id]: { ...row, ...change } } };
  }
  if (withdrawn) next = without(next, event.thread_id, withdrawn);
  if (feedback) next = withFeedback(next, event.thread_id, feedback);
  if (active_message_id !== undefined) next = onBranch(next, active_message_id, event, tick);
  return next;
}

export function deleted(state: RunnelState, { thread_id }: EventOf<'conversation_deleted'>): RunnelState {
  const { [thread_id]: _row, ...rows } = state.rows;
  const { [thread_id]: _thread, ...threads } = state.threads;
  const outbox = state.outbox.filter(message => message.thread_id !== thread_id);
  const gone = state.deleted.includes(thread_id) ? state.deleted : [...state.deleted, thread_id];
  return { ...state, rows, threads, outbox, deleted: gone };
}

function without(state: RunnelState, threadId: string, ids: readonly string[]): RunnelState {
  const thread = threadOf(state, threadId);
  const { stay, settled } = leaving(thread, message => ids.includes(message.message_id));
  return withThread(state, threadId, { messages: stay, settled: [...new Set([...settled, ...ids])] });
}

/** Those that stay, and the names of those that do not. */
function leaving({ messages, settled }: ThreadState, leaves: (message: MessageState) => boolean) {
  const gone = messages.filter(leaves);
  const names = gone.flatMap(({ message_id, turn_id }) => (turn_id ? [message_id, turn_id] : [message_id]));
  return { stay: messages.filter(message => !gone.includes(message)), settled: [...settled, ...names] };
}

function withFeedback(
  state: RunnelState,
  threadId: string,
  { message_id, rating, comment }: NonNullable<EventOf<'conversation_updated'>['feedback']>,
): RunnelState {
  const feedback = rating === 'none' ? null : { rating, comment };
  const messages = threadOf(state, threadId).messages.map(message =>
    message.message_id === message_id ? { ...message, feedback } : message,
  );
  return withThread(state, threadId, { messages });
}

/** What follows the message is on another branch; what precedes it may be too, and only the history knows. */
function onBranch(
  state: RunnelState,
  messageId: string,
  { thread_id, id }: EventOf<'conversation_updated'>,
  tick: number,
): RunnelState {
  const thread = threadOf(state, thread_id);
  if (id && thread.settled.includes(id)) return state;
  const at = thread.messages.findIndex(message => message.message_id === messageId);
  const waits = (message: MessageState) => thread.queue.some(turn => turn.turn_id === message.turn_id);
  const after = new Set(at < 0 ? [] : thread.messages.slice(at + 1).filter(message => !waits(message)));
  const { stay, settled } = leaving(thread, message => after.has(message));
  return withThread(state, thread_id, {
    messages: stay,
    settled: id ? [...settled, id] : settled,
    history: thread.history === 'none' ? 'none' : 'stale',
    staleAt: tick,
  });
}
