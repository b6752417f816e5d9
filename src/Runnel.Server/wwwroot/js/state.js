// What the page knows, as a pure function of what happened. No DOM, no network: every event of the stream and every
// answer of the API is an action with a `type`, and `reduce` returns the next state. Applying one twice changes nothing
// that history already said.
import { cutAfter, finished, mergeHistory, message, prepend } from './history.js';
import { claim, outbox, sameMessage } from './outbox.js';
import { NEW, threadOf, toTop, withItem, withThread } from './threads.js';

export { NEW, initial, isBusy, isReady, isRunning, threadOf } from './threads.js';

export function reduce(state, action) {
  const next = handlers[action.type]?.(state, action) ?? state;
  if (action.id === undefined) return next;
  return { ...next, cursor: action.id || next.cursor, tick: state.tick + 1 };
}

// An answer that has ended stays as it ended, whatever late event arrives for it.
const withAnswer = (state, e, change) => withItem(state, e.thread_id, item => item.message_id === e.message_id, item =>
  item && finished(item) ? item : message({
    status: 'streaming', live: false, ...item, role: 'assistant', message_id: e.message_id, turn_id: e.turn_id,
    ...change(item),
  }));

function withTurn(state, e, runs) {
  const turns = (state.running[e.thread_id] ?? []).filter(turn => turn !== e.turn_id);
  return { ...state, running: { ...state.running, [e.thread_id]: runs ? [...turns, e.turn_id] : turns } };
}

// The first `connected` and every `resync` say exactly what runs at that position; all else has to be read again.
function adopt(state, e) {
  const threads = Object.fromEntries(Object.entries(state.threads).map(([id, thread]) =>
    [id, { ...thread, loaded: id === NEW }]));
  let next = { ...state, threads, running: {}, cursor: e.cursor ?? state.cursor };
  for (const turn of e.queued ?? []) next = withTurn(next, turn, true);
  for (const turn of e.running ?? []) {
    next = withAnswer(withTurn(next, turn, true), turn, () =>
      ({ content: turn.accumulated_content ?? '', reasoning: turn.reasoning ?? '', model: turn.model, live: true }));
  }
  return next;
}

const handlers = {
  ...outbox,
  connection: (s, a) => ({ ...s, connection: a.state }),
  forgotten: s => ({ ...s, cursor: null }), // the server lost our position: the next `connected` is a first one
  connected: (s, e) => (s.cursor === null ? adopt(s, e) : s),
  resync: adopt,
  user_message: (s, e) => withTurn(toTop(withItem(claim(s, e), e.thread_id, sameMessage(e), item => message({
    ...item, role: 'user', message_id: e.message_id, client_message_id: e.client_message_id, turn_id: e.turn_id,
    content: e.content, status: 'complete', awaiting: false, error: null,
  })), e.thread_id, e.content), e, true),
  turn_queued: (s, e) => withTurn(s, e, true),
  // With text from history only, the chunks that follow bring all of it again.
  ai_response_start: (s, e) => withTurn(withAnswer(s, e, item =>
    ({ model: e.model, live: true, content: item?.live ? item.content : '' })), e, true),
  ai_reasoning_chunk: (s, e) => withAnswer(s, e, item => ({ reasoning: (item?.reasoning ?? '') + e.content })),
  ai_response_chunk: (s, e) => withAnswer(s, e, item => ({ content: (item?.content ?? '') + e.content })),
  ai_response_reset: (s, e) => withAnswer(s, e, () => ({ content: '', reasoning: '', live: true })),
  ai_response_complete(s, e) {
    const next = withTurn(s, e, false);
    const isShown = threadOf(s, e.thread_id).items.some(item => item.message_id === e.message_id);
    if (!e.message_id || (e.finish_reason === 'stopped' && !e.final_content && !isShown)) return next;
    return toTop(withAnswer(next, e, () => ({
      content: e.final_content, model: e.model, status: e.finish_reason === 'stopped' ? 'stopped' : 'complete',
    })), e.thread_id, null);
  },
  conversation_error(s, e) {
    const failure = { ...e, message_id: e.message_id ?? `turn-${e.turn_id}` };
    return withAnswer(withTurn(s, e, false), failure, item => ({
      content: e.partial_content || item?.content || '', error: { code: e.code, detail: e.error },
      status: e.code === 'interrupted' ? 'interrupted' : 'failed',
    }));
  },
  // A branch that ends earlier than what is shown is cut at once; the rest of it is read.
  conversation_updated(s, e) {
    if (e.title !== undefined) return handlers.row_changed(s, { row: e });
    return threadOf(s, e.thread_id).items.some(item => item.message_id === e.active_message_id)
      ? withThread(s, e.thread_id, { items: cutAfter(threadOf(s, e.thread_id).items, e.active_message_id) }) : s;
  },
  conversation_deleted(s, e) {
    const { [e.thread_id]: _, ...threads } = s.threads;
    const conversations = s.conversations.filter(row => row.thread_id !== e.thread_id);
    return { ...s, threads, conversations, running: { ...s.running, [e.thread_id]: [] },
      current: s.current === e.thread_id ? NEW : s.current };
  },

  opened: (s, a) => ({ ...s, current: a.thread_id }),
  listed(s, a) {
    const known = new Set(a.older ? s.conversations.map(row => row.thread_id) : []);
    const rows = a.items.filter(row => !known.has(row.thread_id));
    return { ...s, conversations: a.older ? [...s.conversations, ...rows] : rows, moreBefore: a.next_before ?? null };
  },
  row_changed: (s, a) => ({ ...s, conversations: s.conversations.map(row =>
    (row.thread_id === a.row.thread_id ? { ...row, title: a.row.title } : row)) }),
  history: (s, a) => withThread(s, a.thread_id, {
    items: a.older
      ? prepend(threadOf(s, a.thread_id).items, a.items)
      : mergeHistory(threadOf(s, a.thread_id).items, a.items, a.since),
    loaded: true, before: a.next_before ?? null, error: null,
  }),
  history_failed: (s, a) => withThread(s, a.thread_id, { error: a.error }),
};
