import { useMemo } from 'react';
import { conversationList } from 'runnel-client';
import { useSelect } from '../state/store';
import { useSession } from './session';
import { messagesOf, runningMarks } from './state';
import type { Message, Row } from './types';

/** What a conversation shows; the same list until something of it changes. */
export function useMessages(thread: string): readonly Message[] {
  const { state } = useSession();
  const talk = useSelect(state, now => now.runnel.threads[thread]);
  const outbox = useSelect(state, now => now.runnel.outbox);
  return useMemo(() => messagesOf(thread, talk, outbox), [thread, talk, outbox]);
}

/** The list of conversations, newest activity first. */
export function useRows(): readonly Row[] {
  const { state } = useSession();
  const rows = useSelect(state, now => now.runnel.rows);
  const marks = useSelect(state, runningMarks);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is made of these, and of nothing that each word changes.
  return useMemo(() => conversationList(state.get().runnel), [state, rows, marks]);
}

export const useRow = (thread: string): Row | undefined => {
  const { state } = useSession();
  return useSelect(state, now => now.runnel.rows[thread]);
};
