import { request, withQuery } from '../api/request';
import type { Store } from '../state/store';
import { type Messages, withEarlier, withNewest } from './messages';
import { threadOf, withThread } from './model';
import { withPage } from './rows';
import { DRAFT, type State } from './session';
import type { Message, Row } from './types';
import { fromRow, type Happening, type HistoryPage } from './wire';

export type History = ReturnType<typeof history>;

const PAGE = 50;

/** Reads what the stream does not bring: the list, and the messages of before. */
export function history(state: Store<State>) {
  /** For each conversation that is being read: which messages the stream has changed meanwhile. */
  const reads = new Map<string, Set<string>>();
  /** Conversations in which a branch has changed while an answer is being written. */
  const branched = new Set<string>();
  let readsRows = false;

  const path = (thread: string, before?: string) =>
    withQuery(`/conversations/${thread}/messages`, { limit: PAGE, before });

  async function read(thread: string) {
    const fresh = new Set<string>();
    reads.set(thread, fresh);
    const answer = await request<HistoryPage>('GET', path(thread));
    // A later read says more.
    if (reads.get(thread) !== fresh) return;
    reads.delete(thread);
    if (!answer.ok) {
      if (!threadOf(state.get(), thread).loaded || answer.status === 404) {
        state.set(now => withThread(now, thread, { problem: answer.problem }));
      }
      return;
    }
    const { items, next_before } = answer.data;
    state.set(now => {
      const { messages, before } = threadOf(now, thread);
      const rows = items.map(fromRow);
      const kept = olderThan(messages, rows);
      const changed = (one: Message) => fresh.has(one.message_id ?? '') || fresh.has(one.turn_id ?? '');
      const keys = new Set(messages.filter(changed).map(one => one.key));
      const newest = withNewest(messages.slice(kept.length), rows, keys);
      return withThread(now, thread, {
        loaded: true,
        problem: null,
        before: kept.length > 0 ? before : next_before,
        messages: [...kept, ...newest],
      });
    });
  }

  async function rows(before?: string) {
    if (readsRows) return;
    readsRows = true;
    const answer = await request<{ items: Row[]; next_before: string | null }>(
      'GET',
      withQuery('/conversations', { limit: PAGE, before }),
    );
    readsRows = false;
    state.set(now => {
      if (!answer.ok) return { ...now, rowsProblem: now.rowsLoaded && answer.status === 0 ? null : answer.problem };
      const { items, next_before: rowsBefore } = answer.data;
      const known = before ? now.rows : [];
      return { ...now, rows: withPage(known, items), rowsBefore, rowsLoaded: true, rowsProblem: null };
    });
  }

  return {
    open(thread: string) {
      if (!threadOf(state.get(), thread).loaded) void read(thread);
    },
    again: (thread: string) => {
      if (threadOf(state.get(), thread).loaded || threadOf(state.get(), thread).problem) void read(thread);
    },
    everything() {
      for (const [thread, { loaded }] of Object.entries(state.get().threads)) {
        if (thread !== DRAFT && (loaded || reads.has(thread))) void read(thread);
      }
    },
    async earlier(thread: string) {
      const { before } = threadOf(state.get(), thread);
      if (!before) return;
      const answer = await request<HistoryPage>('GET', path(thread, before));
      if (!answer.ok) return;
      const { items, next_before } = answer.data;
      state.set(now => {
        const { messages } = threadOf(now, thread);
        return withThread(now, thread, { before: next_before, messages: withEarlier(messages, items.map(fromRow)) });
      });
    },
    firstRows: () => rows(),
    moreRows: () => rows(state.get().rowsBefore ?? undefined),
    /** Tells what the stream has brought, so that a page of history that is older does not undo it. */
    note(event: Happening) {
      for (const id of [event.message_id, event.turn_id]) if (id) reads.get(event.thread_id)?.add(id);
      if (event.active_message_id) branched.add(event.thread_id);
    },
    isBranched: (thread: string) => branched.delete(thread),
  };
}

/** What was read of the time before a page, as long as the page follows it and not another branch. */
function olderThan(messages: Messages, page: Messages): Messages {
  const first = page[0];
  const at = first ? messages.findIndex(one => one.message_id === first.message_id) : -1;
  return at > 0 && messages[at - 1]?.message_id === first?.parent_id ? messages.slice(0, at) : [];
}
