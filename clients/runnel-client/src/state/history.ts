import type { ConversationPage, LocalAction } from './actions.ts';
import { isEnded, type MessageItem, type MessageState } from './message.ts';
import { inOrder } from './messages.ts';
import { read } from './outbox.ts';
import { type RunnelState, type ThreadState, threadOf, withThread } from './state.ts';

type HistoryLoaded = Extract<LocalAction, { type: 'history_loaded' }>;

/** Joins a page of history with what events have said. */
export function historyLoaded(state: RunnelState, action: HistoryLoaded): RunnelState {
  const thread = threadOf(state, action.thread_id);
  const { page, since } = action;
  if (action.older) {
    // The branch has changed since: this page may belong to another.
    if (thread.staleAt > since) return state;
    const known = new Set(thread.messages.map(message => message.message_id));
    const older = page.items.filter(item => !known.has(item.message_id)).map(fromHistory);
    return withThread(state, action.thread_id, { messages: [...older, ...thread.messages], before: page.next_before });
  }
  const joined = inOrder({ ...thread, messages: joinedMessages(thread, page.items, since) });
  const shown = new Set(joined.messages.flatMap(message => [message.message_id, message.turn_id]));
  const next = withThread(state, action.thread_id, {
    ...joined,
    history: thread.staleAt > since ? 'stale' : 'loaded',
    before: page.next_before,
    cursor: page.cursor,
    settled: thread.settled.filter(name => !shown.has(name)),
  });
  const arrived = read(next, new Set(page.items.map(item => item.message_id)));
  // Nothing is followed yet: a stream from here joins without a hole.
  return state.cursor === undefined ? { ...arrived, cursor: page.cursor, scope: action.thread_id } : arrived;
}

/** The page, with what events know better, and what came by events after it was asked for. */
function joinedMessages(thread: ThreadState, items: readonly MessageItem[], since: number): MessageState[] {
  const known = new Map(thread.messages.map(message => [message.message_id, message]));
  const shown = items.map(item => {
    const message = known.get(item.message_id);
    known.delete(item.message_id);
    return message ? joinedMessage(message, item) : fromHistory(item);
  });
  const running = thread.running?.turn_id;
  const newer = [...known.values()].filter(
    message => message.touched > since || (message.turn_id !== undefined && message.turn_id === running),
  );
  return [...shown, ...newer];
}

/** Text that events bring is exact; so is an end that they brought. The rest is the history's. */
function joinedMessage(message: MessageState, item: MessageItem): MessageState {
  const isByEvents = message.touched > 0 && (message.applied !== undefined || isEnded(message));
  if (!isByEvents) return { ...message, ...item };
  const { content, reasoning, status, finish_reason, model, usage } = message;
  return {
    ...message,
    ...item,
    ...(isEnded(item) && isEnded(message) ? {} : { content, reasoning, status, finish_reason, model, usage }),
  };
}

const fromHistory = (item: MessageItem): MessageState => ({ ...item, touched: 0 });

export function conversationsLoaded(state: RunnelState, page: ConversationPage, isOlder = false): RunnelState {
  const rows = Object.fromEntries(page.items.map(item => [item.thread_id, item]));
  return { ...state, rows: isOlder ? { ...state.rows, ...rows } : rows, rowsBefore: page.next_before };
}
