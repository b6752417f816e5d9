// A message of one's own on its way: shown at once, then claimed by the server's answer or event, or failed with a
// reason.
import { message } from './history.js';
import { NEW, threadOf, toTop, withItem, withThread } from './threads.js';

// A first message gets its conversation with the event or with the answer to its POST, whichever comes first.
export function claim(state, e) {
  const pending = state.threads[NEW].items.find(item => item.client_message_id === e.client_message_id);
  if (!pending || !e.client_message_id) return state;
  const items = state.threads[NEW].items.filter(item => item !== pending);
  const moved = withThread(withThread(state, NEW, { items }), e.thread_id, {
    items: [...threadOf(state, e.thread_id).items, pending], loaded: true,
  });
  return { ...moved, current: state.current === NEW ? e.thread_id : state.current };
}

export const sameMessage = e => item =>
  (!!e.message_id && item.message_id === e.message_id)
  || (!!e.client_message_id && item.client_message_id === e.client_message_id);

const change = (s, a, to) => withThread(s, a.thread_id, { items: threadOf(s, a.thread_id).items.map(item =>
  (item.client_message_id === a.client_message_id && item.status === 'sending' ? { ...item, ...to } : item)) });

export const outbox = {
  sending: (s, a) => withItem(s, a.thread_id, sameMessage(a), item => message({
    ...item, role: 'user', client_message_id: a.client_message_id, content: a.content, status: 'sending', error: null,
  })),
  sent(s, a) {
    const moved = claim(s, a);
    const all = threadOf(moved, a.thread_id).items;
    const items = all.filter(item =>
      item.message_id !== a.user_message_id || item.client_message_id === a.client_message_id);
    const known = items.length < all.length; // history has brought it before
    return change(withThread(toTop(moved, a.thread_id, a.content), a.thread_id, { items }), a,
      { message_id: a.user_message_id, turn_id: a.turn_id, status: 'complete', awaiting: !known });
  },
  send_failed: (s, a) => change(s, a, { status: 'failed', error: a.error }),
  withdrawn: (s, a) => withThread(s, a.thread_id, { items: threadOf(s, a.thread_id).items.filter(item =>
    item.client_message_id !== a.client_message_id) }),
};
