import { initialState, type RunnelState, type ThreadState } from 'runnel-client';
import type { Problem } from '../api/answer';
import { shown } from './shown';
import type { Connection } from './types';

/** What the page knows of a person's conversations: what the server says, and how the page stands to it. */
export interface State {
  runnel: RunnelState;
  connection: Connection;
  /** Why there is no list, or no more of it. */
  rowsProblem: Problem | null;
  /** Why a conversation cannot be read. */
  problems: Readonly<Record<string, Problem>>;
  /** Threads that are to be deleted unless that is taken back in time. */
  leaving: ReadonlySet<string>;
}

export const DRAFT = 'draft';

export const first: State = {
  runnel: initialState,
  connection: 'connecting',
  rowsProblem: null,
  problems: {},
  leaving: new Set(),
};

const gone: Problem = { code: 'conversation_not_found', status: 404 };

/** Why a conversation cannot be shown. */
export const problemOf = ({ runnel, problems }: State, thread: string): Problem | null =>
  runnel.deleted.includes(thread) ? gone : (problems[thread] ?? null);

/** Whether its newest messages are here. */
export const isRead = ({ runnel }: State, thread: string): boolean =>
  (runnel.threads[thread]?.history ?? 'none') !== 'none';

/** Where the page of history before the oldest one begins; null: there is none. */
export const beforeOf = ({ runnel }: State, thread: string): string | null => runnel.threads[thread]?.before ?? null;

/** What a conversation shows, the oldest first. */
export function messagesOf(thread: string, talk: ThreadState | undefined, outbox: RunnelState['outbox']) {
  const to = thread === DRAFT ? null : thread;
  return shown(
    talk,
    outbox.filter(one => one.thread_id === to),
  );
}

/** Which conversations have said whether an answer is being written in them. */
export const runningMarks = ({ runnel }: State): string =>
  Object.values(runnel.threads)
    .map(({ thread_id, running }) => `${thread_id}${running ? '+' : '-'}`)
    .join();
