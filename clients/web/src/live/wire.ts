import type { Message, Rating, Usage } from './types';

/** A message as history has it. */
export interface HistoryRow {
  message_id: string;
  parent_id: string | null;
  role: 'user' | 'assistant';
  content: string;
  reasoning: string;
  status: 'complete' | 'streaming' | 'stopped' | 'failed' | 'interrupted';
  finish_reason: string | null;
  model: string | null;
  usage: Usage | null;
  siblings: string[];
  knowledge_used: unknown[];
  feedback: { rating: Rating; comment: string | null } | null;
  created_at: string;
  turn_id?: string;
}

export interface HistoryPage {
  items: HistoryRow[];
  next_before: string | null;
  cursor: string;
}

export function fromRow(row: HistoryRow): Message {
  return {
    key: row.message_id,
    message_id: row.message_id,
    parent_id: row.parent_id,
    client_message_id: null,
    turn_id: row.turn_id ?? null,
    role: row.role,
    content: row.content ?? '',
    reasoning: row.reasoning ?? '',
    status: row.status,
    finish_reason: row.finish_reason,
    model: row.model,
    usage: row.usage,
    siblings: row.siblings,
    rating: row.feedback?.rating ?? 'none',
    knowledge_used: row.knowledge_used,
    created_at: row.created_at,
    attempt: 1,
    position: 0,
    first_token_ms: null,
    duration_ms: null,
    problem: null,
    retryable: false,
  };
}

/** The fields of the events of a conversation that this page reads. */
export interface Happening {
  type: string;
  id?: string;
  thread_id: string;
  turn_id: string;
  message_id: string;
  content: string;
  client_message_id: string | null;
  created_at: string;
  position: number;
  model: string;
  attempt: number;
  final_content: string;
  finish_reason: string;
  usage: Usage;
  duration_ms: number;
  first_token_ms: number | null;
  knowledge_used: unknown[];
  error: string;
  code: string;
  retryable: boolean;
  partial_content: string;
  title?: string;
  updated_at?: string;
  active_message_id?: string;
  withdrawn?: string[];
  feedback?: { message_id: string; rating: Rating };
  running: RunningTurn[];
  queued: { thread_id: string; turn_id: string; position: number }[];
  cursor: string;
}

export interface RunningTurn {
  thread_id: string;
  turn_id: string;
  message_id: string;
  accumulated_content: string;
  reasoning: string;
  model: string;
  attempt: number;
}
