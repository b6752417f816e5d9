import { type Action, type EventOf, type RunnelEvent, threadOf } from 'runnel-client';
import { answerTo } from '../api/answer';
import { runnel } from '../api/runnel';
import type { Store } from '../state/store';
import type { State } from './state';

export type Reading = ReturnType<typeof reading>;

const PAGE = 50;

/** Reads what the stream does not bring: the list, and the messages of before. */
export function reading(state: Store<State>, apply: (action: Action) => void) {
  /** The last read of each conversation; only its answer counts. */
  const reads = new Map<string, number>();
  /** Conversations in which a branch has changed while an answer is being written. */
  const branched = new Set<string>();
  let current: string | null = null;
  let readsRows = false;

  const known = (thread: string) => threadOf(state.get().runnel, thread);

  async function read(thread: string) {
    const since = state.get().runnel.tick;
    reads.set(thread, since);
    const answer = await answerTo(runnel.conversations.messages(thread, { limit: PAGE }));
    if (reads.get(thread) !== since) return;
    reads.delete(thread);
    if (answer.ok) apply({ type: 'history_loaded', thread_id: thread, page: answer.data, since });
    const isNews = answer.ok || answer.problem.status === 404 || known(thread).history === 'none';
    if (!isNews) return;
    state.set(now => {
      const { [thread]: _, ...problems } = now.problems;
      return { ...now, problems: answer.ok ? problems : { ...problems, [thread]: answer.problem } };
    });
  }

  async function rows(before?: string) {
    if (readsRows) return;
    readsRows = true;
    const answer = await answerTo(runnel.conversations.list({ limit: PAGE, ...(before ? { before } : {}) }));
    readsRows = false;
    if (answer.ok) apply({ type: 'conversations_loaded', page: answer.data, older: before !== undefined });
    state.set(now => {
      if (answer.ok) return { ...now, rowsProblem: null };
      const isQuiet = now.runnel.rowsBefore !== undefined && answer.problem.status === 0;
      return { ...now, rowsProblem: isQuiet ? null : answer.problem };
    });
  }

  async function row(thread: string) {
    const answer = await answerTo(runnel.conversations.get(thread));
    if (answer.ok) apply({ type: 'conversation_changed', item: answer.data });
  }

  /** The conversation on the screen may have become another one. */
  const renew = () => {
    if (current && known(current).history === 'stale' && !reads.has(current)) void read(current);
  };

  /** Only history knows which versions of a message there are, and what the facts say that it was made with. */
  function endsUntold(event: RunnelEvent): event is EventOf<'ai_response_complete' | 'conversation_error'> {
    if (event.type !== 'ai_response_complete' && event.type !== 'conversation_error') return false;
    const isBranch = branched.delete(event.thread_id);
    return isBranch || (event.type === 'ai_response_complete' && event.knowledge_used.length > 0);
  }

  return {
    open(thread: string) {
      current = thread;
      if (known(thread).history !== 'loaded') void read(thread);
    },
    again: (thread: string) => void read(thread),
    async earlier(thread: string) {
      const { before } = known(thread);
      if (!before) return;
      const since = state.get().runnel.tick;
      const answer = await answerTo(runnel.conversations.messages(thread, { limit: PAGE, before }));
      if (answer.ok) apply({ type: 'history_loaded', thread_id: thread, page: answer.data, since, older: true });
    },
    firstRows: () => rows(),
    moreRows: () => rows(state.get().runnel.rowsBefore ?? undefined),
    /** Reads what events have told of without telling all of it; `isNew` is whether the list did not know the conversation. */
    after(event: RunnelEvent, isNew: boolean) {
      if (event.type === 'user_message' && isNew) void row(event.thread_id);
      if (event.type === 'conversation_updated' && event.active_message_id) branched.add(event.thread_id);
      if (endsUntold(event) && event.thread_id === current) void read(event.thread_id);
      else renew();
    },
  };
}
