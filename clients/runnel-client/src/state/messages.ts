import { type MessageState, newMessage } from './message.ts';
import type { ThreadState } from './state.ts';

/** The thread with one message changed, or put where it belongs. */
export function withMessage(
  thread: ThreadState,
  found: { readonly message_id: string; readonly turn_id: string },
  role: 'user' | 'assistant',
  change: (message: MessageState) => MessageState,
): ThreadState {
  const { messages } = thread;
  const at = messages.findIndex(message => message.message_id === found.message_id);
  const known = messages[at];
  if (known) {
    const changed = change(known);
    return changed === known ? thread : { ...thread, messages: messages.with(at, changed) };
  }
  const made = change({ ...newMessage(found.message_id, role, 0), turn_id: found.turn_id });
  const place = role === 'user' ? messages.length : placeOfAnswer(thread, found.turn_id);
  return { ...thread, messages: messages.toSpliced(place, 0, made) };
}

/** After its question; else, where the question was there before, in front of those that wait. */
function placeOfAnswer({ messages, queue }: ThreadState, turnId: string): number {
  const question = messages.findLastIndex(message => message.turn_id === turnId);
  if (question >= 0) return question + 1;
  const waiting = messages.findIndex(message => queue.some(turn => turn.turn_id === message.turn_id));
  return waiting >= 0 ? waiting : messages.length;
}

/** Messages of waiting turns at the end, in the order of the queue; but where a history knows the answer already, it stays. */
export function inOrder(thread: ThreadState): ThreadState {
  const position = new Map(thread.queue.map(turn => [turn.turn_id, turn.position]));
  const answered = new Set(thread.messages.filter((_, index) => thread.messages[index + 1]?.role === 'assistant'));
  const place = (message: MessageState) => (answered.has(message) ? 0 : (position.get(message.turn_id ?? '') ?? 0));
  const waits = thread.messages.filter(message => place(message) > 0);
  if (waits.length === 0) return thread;
  const others = thread.messages.filter(message => place(message) === 0);
  const ordered = [...others, ...waits.toSorted((a, b) => place(a) - place(b))];
  return ordered.every((message, index) => message === thread.messages[index])
    ? thread
    : { ...thread, messages: ordered };
}

export function withoutTurn(thread: ThreadState, turnId: string): ThreadState {
  const isQueued = thread.queue.some(turn => turn.turn_id === turnId);
  const isRunning = thread.running?.turn_id === turnId;
  return {
    ...thread,
    running: isRunning ? null : thread.running,
    queue: isQueued ? thread.queue.filter(turn => turn.turn_id !== turnId) : thread.queue,
  };
}
