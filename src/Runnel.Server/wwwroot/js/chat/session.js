// One signed-in person: the state, the stream that changes it, and what has to be asked of the server on the way.
import * as api from '../api.js';
import { NEW, initial, isReady, reduce, threadOf } from '../state.js';
import { follow } from '../stream.js';

// `randomUUID` is missing on plain http addresses of the local network.
const newId = () => crypto.randomUUID?.()
  ?? [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

export function createSession({ onChange, onRefused, onSignedOut }) {
  let state = initial, ended = false;
  const branched = new Set(); // conversations in which a new branch is being written

  function dispatch(action) {
    if (ended) return;
    const before = state;
    state = reduce(before, action);
    if (state !== before) onChange(state, action);
    react(before, action);
  }

  function react(before, action) {
    const { type, thread_id: thread } = action;
    if (type === 'resync' || (type === 'connected' && before.cursor === null)) refresh();
    if (type === 'user_message' && !before.conversations.some(row => row.thread_id === thread)) loadRow(thread);
    if (type === 'conversation_updated' && action.title === undefined) {
      loadRow(thread);
      if (threadOf(state, thread).loaded) loadHistory(thread);
      if (action.active_message_id) branched.add(thread);
    }
    // Only history knows which versions of a message there are.
    const isEnd = type === 'ai_response_complete' || type === 'conversation_error';
    if (isEnd && branched.delete(thread) && threadOf(state, thread).loaded) loadHistory(thread);
  }

  async function ask(promise) {
    const answer = await promise;
    if (answer.status === 401 && !ended) onSignedOut();
    return answer;
  }

  function refresh() {
    loadList();
    if (state.current !== NEW) loadHistory(state.current);
  }

  async function loadList(before) {
    const answer = await ask(api.conversations(before));
    if (answer.ok) dispatch({ type: 'listed', ...answer.data, older: !!before });
  }

  async function loadRow(thread) {
    const answer = await ask(api.conversation(thread));
    if (answer.ok) dispatch({ type: 'row_changed', row: answer.data });
  }

  async function loadHistory(thread, before) {
    const since = state.tick;
    const answer = await ask(api.messages(thread, before));
    if (answer.ok) dispatch({ type: 'history', ...answer.data, thread_id: thread, since, older: !!before });
    else dispatch({ type: 'history_failed', thread_id: thread, error: answer.error });
  }

  async function post(thread, client_message_id, content, when_busy = 'enqueue') {
    dispatch({ type: 'sending', thread_id: thread, client_message_id, content });
    const answer = await api.send({ message: content, client_message_id, when_busy, thread_id: thread || undefined });
    if (answer.ok) return dispatch({ type: 'sent', ...answer.data, client_message_id, content });
    const refused = [400, 401, 413, 422].includes(answer.status);
    if (refused) {
      dispatch({ type: 'withdrawn', thread_id: thread, client_message_id });
      if (!ended) onRefused(thread, content, answer.error);
    } else {
      dispatch({ type: 'send_failed', thread_id: thread, client_message_id, error: answer.error });
    }
    if (answer.status === 401 && !ended) onSignedOut();
  }

  const stopFollowing = follow({
    cursor: () => state.cursor,
    onEvent: dispatch,
    onConnection: connection => dispatch({ type: 'connection', state: connection }),
    onForgotten: () => dispatch({ type: 'forgotten' }),
    onSignedOut: () => onSignedOut(),
  });
  loadList();

  return {
    get state() { return state; },
    open(thread) {
      dispatch({ type: 'opened', thread_id: thread });
      if (thread !== NEW && !threadOf(state, thread).loaded) loadHistory(thread);
    },
    send(content, whenBusy) {
      if (!isReady(state, state.current)) return false;
      post(state.current, newId(), content, whenBusy);
      return true;
    },
    stop: () => ask(api.stop(state.current)),
    regenerate: item => ask(api.regenerate(state.current, item.message_id)),
    branch: message => ask(api.branch(state.current, message)),
    rename: title => ask(api.rename(state.current, title)),
    retry: item => post(state.current, item.client_message_id, item.content),
    more: () => loadList(state.moreBefore),
    earlier: () => loadHistory(state.current, threadOf(state, state.current).before),
    reload: () => loadHistory(state.current),
    end() {
      ended = true;
      stopFollowing();
    },
  };
}
