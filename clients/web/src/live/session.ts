import { createContext, useContext } from 'react';
import type { Rating, WhenBusy } from 'runnel-client';
import type { Problem } from '../api/answer';
import type { Store } from '../state/store';
import type { State } from './state';
import type { Message } from './types';

/** What is shown of one signed-in person's conversations, and all that can be done with them. What is refused is said. */
export interface Session {
  readonly state: Store<State>;
  /** Shows a conversation: its history is read where it is not here, and again whenever it has become another one. */
  open(thread: string): void;
  earlier(thread: string): Promise<void>;
  reload(thread: string): void;
  /** Sends; in the new conversation its thread is `draft`. Answers the thread that it became, or null. */
  send(thread: string, text: string, whenBusy: WhenBusy, human?: number): Promise<string | null>;
  resend(message: Message): Promise<string | null>;
  discard(message: Message): void;
  stop(thread: string, turn?: string): Promise<Problem | null>;
  regenerate(thread: string, message: Message): Promise<Problem | null>;
  edit(thread: string, message: Message, text: string): Promise<Problem | null>;
  branch(thread: string, messageId: string): Promise<Problem | null>;
  rate(thread: string, message: Message, rating: Rating, comment?: string): Promise<Problem | null>;
  rename(thread: string, title: string): Promise<Problem | null>;
  /** Deletes after a while in which `undo` takes it back. */
  remove(thread: string): { undo: () => void };
  moreRows(): Promise<void>;
  /** Cuts the stream and opens it again at its cursor. */
  reconnect(): void;
  end(): void;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('Nobody is signed in here.');
  return session;
}
