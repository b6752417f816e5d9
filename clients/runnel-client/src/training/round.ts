import type { Learned } from '../events/learned.ts';
import type { RoundUsage } from '../events/training.ts';
import type { Applied } from '../state/applied.ts';

export interface RoundStep {
  readonly name: string;
  readonly state: 'running' | 'done' | 'skipped';
  /** A line for people, while it runs. */
  readonly said: string;
  readonly duration_ms: number | null;
}

export type RoundStatus = 'sending' | 'queued' | 'running' | 'complete' | 'stopped' | 'failed';

/** One round of training: what was said, the steps, what was learned, and the question that follows. */
export interface Round {
  /** Of a round that is on its way to the server: its `client_message_id`. */
  readonly round_id: string;
  readonly message_id: string | null;
  readonly client_message_id: string | null;
  readonly content: string;
  readonly status: RoundStatus;
  /** Its place among those that wait, counted from 1; 0 where it does not wait. */
  readonly position: number;
  readonly steps: readonly RoundStep[];
  readonly question: string;
  readonly learned: Learned;
  readonly error: { readonly code: string; readonly detail?: string; readonly retryable?: boolean } | null;
  /** What it took, where its end came by an event. */
  readonly usage?: RoundUsage;
  /** Which events it is made of, while it goes on. */
  readonly applied?: Applied;
}

/** A round as the history of a training has it. */
export interface RoundItem {
  readonly message_id: string;
  readonly round_id: string;
  readonly client_message_id: string | null;
  readonly content: string;
  readonly status: Exclude<RoundStatus, 'sending'>;
  readonly question: string | null;
  readonly learned: Learned | null;
  readonly error_code: string | null;
  readonly created_at: string;
  readonly ended_at: string | null;
}

export const nothing: Learned = { nodes: [], edges: [] };

export const newRound = (round_id: string): Round => ({
  round_id,
  message_id: null,
  client_message_id: null,
  content: '',
  status: 'running',
  position: 0,
  steps: [],
  question: '',
  learned: nothing,
  error: null,
});

export const isOver = ({ status }: Round): boolean =>
  status === 'complete' || status === 'stopped' || status === 'failed';

/** A round of a history. Of one that runs the stream tells all from its beginning. */
export function roundOf(item: RoundItem): Round {
  const { message_id, client_message_id, content, status, error_code } = item;
  const isKnown = status !== 'running';
  return {
    ...newRound(item.round_id),
    message_id,
    client_message_id,
    content,
    status,
    question: (isKnown && item.question) || '',
    learned: (isKnown && item.learned) || nothing,
    error: error_code ? { code: error_code } : null,
  };
}
