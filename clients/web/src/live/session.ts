import { createContext, useContext } from 'react';
import type { Problem } from '../api/request';
import type { Store } from '../state/store';
import type { Connection, Message, Rating, Row } from './types';

export interface Thread {
  loaded: boolean;
  problem: Problem | null;
  /** Where the page of history before the oldest one begins; null: there is none. */
  before: string | null;
  messages: readonly Message[];
}

export interface State {
  connection: Connection;
  rows: readonly Row[];
  rowsLoaded: boolean;
  rowsProblem: Problem | null;
  rowsBefore: string | null;
  /** Threads that are to be deleted unless that is taken back in time. */
  leaving: ReadonlySet<string>;
  threads: Readonly<Record<string, Thread>>;
}

export type WhenBusy = 'enqueue' | 'interrupt' | 'reject';

/** What is shown of one signed-in person's conversations, and all that can be done with them. */
export interface Session {
  readonly state: Store<State>;
  /** Reads the history of a conversation, unless it is here. */
  open(thread: string): void;
  earlier(thread: string): Promise<void>;
  reload(thread: string): void;
  /** Sends; in the new conversation its thread is `draft`. Answers the thread that it became, or null. */
  send(thread: string, text: string, whenBusy: WhenBusy, human?: number): Promise<string | null>;
  resend(thread: string, message: Message): void;
  discard(thread: string, message: Message): void;
  stop(thread: string, turn?: string): Promise<void>;
  regenerate(thread: string, message: Message): Promise<void>;
  edit(thread: string, message: Message, text: string): Promise<boolean>;
  branch(thread: string, messageId: string): Promise<void>;
  rate(thread: string, message: Message, rating: Rating, comment?: string): Promise<void>;
  rename(thread: string, title: string): Promise<Problem | null>;
  /** Deletes after a while in which `undo` takes it back. */
  remove(thread: string): { undo: () => void };
  moreRows(): Promise<void>;
  /** Cuts the stream and opens it again at its cursor. */
  reconnect(): void;
  end(): void;
}

export const DRAFT = 'draft';

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('Nobody is signed in here.');
  return session;
}
