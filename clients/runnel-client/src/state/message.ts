import type { FinishReason, Rating, Usage, UsedFact } from '../events/conversation.ts';
import type { Applied } from './applied.ts';

export type MessageStatus = 'complete' | 'streaming' | 'stopped' | 'failed' | 'interrupted';

/** A message of the history, as the server sends it. */
export interface MessageItem {
  readonly message_id: string;
  readonly parent_id: string | null;
  readonly role: 'user' | 'assistant';
  readonly content: string;
  readonly reasoning: string;
  readonly status: MessageStatus;
  readonly finish_reason: FinishReason | null;
  readonly model: string | null;
  readonly usage: Usage | null;
  /** All messages with the same parent, the oldest first, this one included. */
  readonly siblings: readonly string[];
  readonly knowledge_used: readonly UsedFact[];
  readonly feedback: { readonly rating: Rating; readonly comment: string | null } | null;
  readonly created_at: string;
}

export interface TurnError {
  readonly code: string;
  /** A sentence for a person. */
  readonly error: string;
  readonly retryable: boolean;
}

/** A message, from history or from events, whichever knows more. */
export interface MessageState extends MessageItem {
  /** Known where the message came by an event. */
  readonly turn_id?: string;
  readonly client_message_id?: string | null;
  readonly attempt?: number;
  readonly duration_ms?: number;
  readonly first_token_ms?: number | null;
  readonly error?: TurnError;
  /** The `tick` of the last event about it; 0 where history alone knows it. */
  readonly touched: number;
  /** What its text is made of, while it is being written. */
  readonly applied?: Applied;
}

export const isEnded = (message: MessageItem): boolean => message.status !== 'streaming';

export function newMessage(message_id: string, role: 'user' | 'assistant', touched: number): MessageState {
  return {
    message_id,
    parent_id: null,
    role,
    content: '',
    reasoning: '',
    status: role === 'user' ? 'complete' : 'streaming',
    finish_reason: null,
    model: null,
    usage: null,
    siblings: [message_id],
    knowledge_used: [],
    feedback: null,
    created_at: '',
    touched,
  };
}
