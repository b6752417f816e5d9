import type { Problem } from '../api/request';

export interface Row {
  thread_id: string;
  title: string;
  digital_human_id: number | null;
  created_at: string;
  updated_at: string;
  running: boolean;
}

export interface Usage {
  input_tokens: number;
  output_tokens: number;
  estimated: boolean;
}

export type Rating = 'up' | 'down' | 'none';

export type Status =
  /** On its way to the server, or refused on that way. */
  | 'sending'
  | 'unsent'
  /** Accepted, and waits: for its turn, or for the model. */
  | 'queued'
  | 'waiting'
  | 'streaming'
  | 'complete'
  | 'stopped'
  | 'failed'
  | 'interrupted';

export interface Message {
  /** Names it on the screen for as long as it lives, also when the server's id takes the place of the page's. */
  key: string;
  message_id: string | null;
  parent_id: string | null;
  client_message_id: string | null;
  turn_id: string | null;
  role: 'user' | 'assistant';
  content: string;
  reasoning: string;
  status: Status;
  finish_reason: string | null;
  model: string | null;
  usage: Usage | null;
  siblings: readonly string[];
  rating: Rating;
  knowledge_used: readonly unknown[];
  created_at: string | null;
  attempt: number;
  position: number;
  first_token_ms: number | null;
  duration_ms: number | null;
  problem: Pick<Problem, 'code' | 'detail'> | null;
  retryable: boolean;
}

export type Connection = 'connecting' | 'live' | 'reconnecting';
