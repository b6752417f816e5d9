import type { ConversationItem, OutgoingMessage, RunnelState } from './state.ts';

/** The list, newest activity first. `running` is what the stream says where it says anything. */
export function conversationList(state: RunnelState): ConversationItem[] {
  return Object.values(state.rows)
    .map(row => ({ ...row, running: state.threads[row.thread_id] ? isRunning(state, row.thread_id) : row.running }))
    .sort((a, b) => (a.updated_at === b.updated_at ? 0 : a.updated_at < b.updated_at ? 1 : -1));
}

/** Whether an answer is being written. */
export const isRunning = (state: RunnelState, threadId: string): boolean => !!state.threads[threadId]?.running;

/** Whether a message sent now would meet a turn. */
export const isBusy = (state: RunnelState, threadId: string): boolean =>
  isRunning(state, threadId) || !!state.threads[threadId]?.queue.length;

/** What is on its way to a conversation; null for what begins one. */
export const outgoing = (state: RunnelState, threadId: string | null): OutgoingMessage[] =>
  state.outbox.filter(message => message.thread_id === threadId);
