// The shape of the state, and the small steps that change a conversation in it.
import { place } from './history.js';

export const NEW = ''; // the thread that has no id yet
const emptyThread = { items: [], loaded: false, before: null };

export const initial = {
  cursor: null, // of the stream; null until the first `connected`
  connection: 'connecting',
  tick: 0, // counts events, so that a page of history can tell what is newer than its request
  current: NEW,
  conversations: [],
  moreBefore: null,
  running: {}, // thread_id -> ids of turns that run or wait there
  threads: { [NEW]: emptyThread },
};

export const threadOf = (state, id) => state.threads[id] ?? emptyThread;
export const isRunning = (state, id) => (state.running[id]?.length ?? 0) > 0;
const underWay = item => item.status === 'sending' || item.awaiting;
// A conversation that has no id yet takes no second message.
export const isReady = (state, id) => id !== NEW || !threadOf(state, NEW).items.some(underWay);
export const isBusy = (state, id) => isRunning(state, id) || threadOf(state, id).items.some(underWay);

export const withThread = (state, id, change) =>
  ({ ...state, threads: { ...state.threads, [id]: { ...threadOf(state, id), ...change } } });

export const withItem = (state, id, match, build) =>
  withThread(state, id, { items: place(threadOf(state, id).items, match, build, state.tick + 1) });

// A conversation that is not in the list yet goes by its first words until its title is read.
export function toTop(state, id, title) {
  const row = state.conversations.find(item => item.thread_id === id) ?? { thread_id: id, title: title?.slice(0, 60) };
  return { ...state, conversations: [row, ...state.conversations.filter(item => item.thread_id !== id)] };
}
