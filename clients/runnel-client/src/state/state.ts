import type { MessageState } from './message.ts';

/** A conversation as the list shows it. */
export interface ConversationItem {
  readonly thread_id: string;
  readonly title: string;
  readonly digital_human_id: number | null;
  readonly created_at: string;
  /** The time of the last activity. */
  readonly updated_at: string;
  readonly running: boolean;
}

/** The turn that is being answered. */
export interface TurnState {
  readonly turn_id: string;
  /** The answer's; undefined until a model is asked. */
  readonly message_id?: string;
  readonly model?: string;
  readonly attempt?: number;
  readonly started_at?: string;
}

/** What is known of the inside of a conversation. */
export interface ThreadState {
  readonly thread_id: string;
  /** The active branch, as far as it is known, the oldest first; messages of turns that wait come last. */
  readonly messages: readonly MessageState[];
  readonly running: TurnState | null;
  /** The turns that wait, in their order. */
  readonly queue: readonly { readonly turn_id: string; readonly position: number }[];
  /** `stale`: read it again; something happened that events do not say in full. */
  readonly history: 'none' | 'loaded' | 'stale';
  /** The tick at which it became stale. */
  readonly staleAt: number;
  /** Where older messages go on; null when there are none, or none were read. */
  readonly before: string | null;
  /** Messages and turns that left this branch, and the switches that made them leave: what comes late about them is over. */
  readonly settled: readonly string[];
  /** The stream's position of the history that was read last. */
  readonly cursor?: string;
}

/** A message on its way to the server. */
export interface OutgoingMessage {
  readonly client_message_id: string;
  /** Null for one that begins a conversation. */
  readonly thread_id: string | null;
  readonly content: string;
  readonly status: 'sending' | 'sent' | 'failed';
  /** What the server calls it, once it has said so. */
  readonly message_id?: string;
  /** Why it failed. */
  readonly error?: { readonly code: string; readonly error: string };
}

/** All that a page knows: a pure function of events, histories and what it sent. */
export interface RunnelState {
  /** Counts events and answers; take it as `since` when asking for a history. */
  readonly tick: number;
  /** The position of the stream that is followed; begin the next one with it. */
  readonly cursor?: string;
  /** What stream that is: of a thread, of all (null), or not known yet. */
  readonly scope?: string | null;
  readonly rows: Readonly<Record<string, ConversationItem>>;
  /** Where the list goes on; null when it is whole, undefined when nothing of it was read. */
  readonly rowsBefore?: string | null;
  readonly threads: Readonly<Record<string, ThreadState>>;
  readonly outbox: readonly OutgoingMessage[];
  /** Conversations of which nothing is left. */
  readonly deleted: readonly string[];
}

export const initialState: RunnelState = { tick: 0, rows: {}, threads: {}, outbox: [], deleted: [] };

export function threadOf(state: RunnelState, threadId: string): ThreadState {
  return (
    state.threads[threadId] ?? {
      thread_id: threadId,
      messages: [],
      running: null,
      queue: [],
      history: 'none',
      staleAt: 0,
      before: null,
      settled: [],
    }
  );
}

/** The state with one conversation changed. */
export function withThread(state: RunnelState, threadId: string, change: Partial<ThreadState>): RunnelState {
  return { ...state, threads: { ...state.threads, [threadId]: { ...threadOf(state, threadId), ...change } } };
}
