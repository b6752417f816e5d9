import type { RunnelEvent } from '../events/event.ts';
import type { MessageItem } from './message.ts';
import type { ConversationItem } from './state.ts';

/** A page of a history, as the server answers it. */
export interface MessagePage {
  readonly items: readonly MessageItem[];
  readonly next_before: string | null;
  readonly cursor: string;
}

/** A page of the list of conversations. */
export interface ConversationPage {
  readonly items: readonly ConversationItem[];
  readonly next_before: string | null;
}

/** What happens beside events: answers of the API, and what the person at the page does. */
export type LocalAction =
  /** `since` is the `tick` when it was asked for; `older` where it was asked with `before`. */
  | {
      readonly type: 'history_loaded';
      readonly thread_id: string;
      readonly page: MessagePage;
      readonly since: number;
      readonly older?: boolean;
    }
  | { readonly type: 'conversations_loaded'; readonly page: ConversationPage; readonly older?: boolean }
  | { readonly type: 'conversation_changed'; readonly item: ConversationItem }
  /** Shows a message before the server has it. */
  | {
      readonly type: 'message_sending';
      readonly client_message_id: string;
      readonly thread_id: string | null;
      readonly content: string;
    }
  /** The server has it. */
  | {
      readonly type: 'message_sent';
      readonly client_message_id: string;
      readonly thread_id: string;
      readonly user_message_id?: string;
    }
  | {
      readonly type: 'message_failed';
      readonly client_message_id: string;
      readonly error: { readonly code: string; readonly error: string };
    }
  | { readonly type: 'message_dismissed'; readonly client_message_id: string };

export type Action = RunnelEvent | LocalAction;
