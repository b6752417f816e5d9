import type { Problem } from '../api/request';
import type { Messages } from './messages';
import { rowsAfterEvent } from './rows';
import { DRAFT, type State, type Thread } from './session';
import { afterEvent, withQueue, withRunning } from './turns';
import type { Happening } from './wire';

export const noThread: Thread = { loaded: false, problem: null, before: null, messages: [] };

export const first: State = {
  connection: 'connecting',
  rows: [],
  rowsLoaded: false,
  rowsProblem: null,
  rowsBefore: null,
  leaving: new Set(),
  threads: { [DRAFT]: { ...noThread, loaded: true } },
};

export const threadOf = (state: State, thread: string): Thread => state.threads[thread] ?? noThread;

export const withThread = (state: State, thread: string, to: Partial<Thread>): State => ({
  ...state,
  threads: { ...state.threads, [thread]: { ...threadOf(state, thread), ...to } },
});

export const withMessages = (state: State, thread: string, change: (all: Messages) => Messages): State => {
  const before = threadOf(state, thread).messages;
  const after = change(before);
  return after === before ? state : withThread(state, thread, { messages: after });
};

const gone: Problem = { code: 'conversation_not_found', status: 404 };

/** What an event of a conversation changes. */
export function after(state: State, event: Happening): State {
  if (event.type === 'connected' || event.type === 'resync') return opened(state, event);
  if (!event.thread_id) return state;
  const claimed = event.type === 'user_message' ? claim(state, event.thread_id, event.client_message_id) : state;
  const rows = rowsAfterEvent(claimed.rows, event);
  const listed = rows === claimed.rows ? claimed : { ...claimed, rows };
  if (event.type === 'conversation_deleted')
    return withThread(listed, event.thread_id, { messages: [], problem: gone });
  return withMessages(listed, event.thread_id, all => afterEvent(all, event));
}

/** A stream opened without a cursor brings the state of all that runs and waits. */
function opened(state: State, event: Happening): State {
  let next: State = state;
  for (const turn of event.running) next = withMessages(next, turn.thread_id, all => withRunning(all, turn));
  const waiting = Map.groupBy(event.queued ?? [], turn => turn.thread_id);
  for (const [thread, turns] of waiting) next = withMessages(next, thread, all => withQueue(all, turns));
  const busy = new Set([...event.running, ...(event.queued ?? [])].map(turn => turn.thread_id));
  const rows = next.rows.map(row => (busy.has(row.thread_id) ? { ...row, running: true } : row));
  return { ...next, rows };
}

/** A first message gets its conversation with the event or with the answer to its request, whichever comes first. */
export function claim(state: State, thread: string, clientId: string | null): State {
  const pending = clientId
    ? threadOf(state, DRAFT).messages.find(one => one.client_message_id === clientId)
    : undefined;
  if (!pending) return state;
  const moved = withMessages(state, DRAFT, all => all.filter(one => one !== pending));
  const { messages } = threadOf(moved, thread);
  return withThread(moved, thread, { loaded: true, messages: [...messages, pending] });
}
