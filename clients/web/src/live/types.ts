import type { ConversationItem, MessageState, MessageStatus } from 'runnel-client';
import type { Problem } from '../api/answer';

/** A conversation as the list shows it. */
export type Row = ConversationItem;

export type Status =
  /** On its way to the server, or refused on that way. */
  | 'sending'
  | 'unsent'
  /** Accepted, and waits: for its turn, or for the model. */
  | 'queued'
  | 'waiting'
  | MessageStatus;

type Told = Pick<
  MessageState,
  'role' | 'content' | 'reasoning' | 'finish_reason' | 'model' | 'usage' | 'siblings' | 'knowledge_used'
>;

/** A message as it is shown. It is the same object for as long as it looks the same. */
export interface Message extends Told {
  /** Names it on the screen for as long as it lives, also when the server's id takes the place of the page's. */
  readonly key: string;
  /** Null where the server has not said it yet. */
  readonly message_id: string | null;
  readonly client_message_id: string | null;
  readonly turn_id: string | null;
  readonly status: Status;
  readonly rating: 'up' | 'down' | 'none';
  readonly created_at: string | null;
  readonly attempt: number;
  /** Its place among the turns that wait; 0 where it waits for the model. */
  readonly position: number;
  readonly first_token_ms: number | null;
  readonly duration_ms: number | null;
  readonly problem: Pick<Problem, 'code' | 'detail'> | null;
}

export type Connection = 'connecting' | 'live' | 'reconnecting';
