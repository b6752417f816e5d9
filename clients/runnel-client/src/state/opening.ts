import type { EventOf } from '../events/event.ts';
import type { QueuedTurn, RunningTurn } from '../events/opening.ts';
import { nothingApplied, withMark } from './applied.ts';
import { isEnded, type MessageState } from './message.ts';
import { inOrder, withMessage } from './messages.ts';
import { type RunnelState, type ThreadState, threadOf } from './state.ts';
import { rewindText } from './text.ts';

type Opening = EventOf<'connected' | 'resync'>;

/** A connection has begun: where it goes on from where the state is, nothing changes. */
export function opened(state: RunnelState, event: Opening, tick: number): RunnelState {
  if (event.thread_id === undefined) return state;
  const scope = event.thread_id;
  const next = { ...state, cursor: event.cursor, scope };
  if (event.type === 'connected') {
    const isOfScope = state.scope === undefined || state.scope === scope;
    if (isOfScope && state.cursor === event.cursor) return next;
    if (scope !== null && threadOf(state, scope).cursor === event.cursor) return next;
    const saysNothing = event.running.length === 0 && !event.queued?.length;
    if (isOfScope && state.cursor !== undefined && saysNothing) return rewound(next, event.cursor, tick);
  }
  return adopted(next, event, tick);
}

/** The stream goes on from an earlier place, or from one that is not known: what it says will come again. */
function rewound(state: RunnelState, cursor: string, tick: number): RunnelState {
  return eachThread(state, thread => ({
    ...stale(thread, tick),
    messages: thread.messages.map(message => (isEnded(message) ? message : rewindText(message, cursor))),
  }));
}

/** The stream says exactly what runs at its position; everything else has to be read again. */
function adopted(state: RunnelState, event: Opening, tick: number): RunnelState {
  let next = eachThread(state, thread => ({
    ...stale(thread, tick),
    running: null,
    queue: [],
    messages: thread.messages.map(unlessEnded),
  }));
  for (const turn of event.running) {
    if ('turn_id' in turn) next = withRunning(next, turn, event.cursor, tick);
  }
  for (const turn of event.queued ?? []) {
    if ('turn_id' in turn) next = withQueued(next, turn);
  }
  return next;
}

/** What became of an answer that does not run any more, the history knows. */
function unlessEnded(message: MessageState): MessageState {
  if (isEnded(message)) return message;
  const { applied: _, ...rest } = message;
  return { ...rest, touched: 0 };
}

function withRunning(state: RunnelState, turn: RunningTurn, cursor: string, tick: number): RunnelState {
  const { turn_id, message_id, model, attempt, started_at, reasoning } = turn;
  const content = turn.accumulated_content;
  const mark = { content: content.length, reasoning: reasoning.length };
  const applied = withMark(nothingApplied, cursor, mark);
  const thread = withMessage(threadOf(state, turn.thread_id), turn, 'assistant', message =>
    isEnded(message) ? message : { ...message, turn_id, content, reasoning, model, attempt, applied, touched: tick },
  );
  return put(state, { ...thread, running: { turn_id, message_id, model, attempt, started_at } });
}

function withQueued(state: RunnelState, { thread_id, turn_id, position }: QueuedTurn): RunnelState {
  const thread = threadOf(state, thread_id);
  const queue = [...thread.queue, { turn_id, position }].toSorted((a, b) => a.position - b.position);
  return put(state, inOrder({ ...thread, queue }));
}

const stale = (thread: ThreadState, tick: number): ThreadState =>
  thread.history === 'none' ? thread : { ...thread, history: 'stale', staleAt: tick };

const put = (state: RunnelState, thread: ThreadState): RunnelState => ({
  ...state,
  threads: { ...state.threads, [thread.thread_id]: thread },
});

/** Each thread that the stream is about. */
function eachThread(state: RunnelState, change: (thread: ThreadState) => ThreadState): RunnelState {
  const threads = Object.entries(state.threads).map(([id, thread]) =>
    state.scope === null || state.scope === id ? [id, change(thread)] : [id, thread],
  );
  return { ...state, threads: Object.fromEntries(threads) };
}
