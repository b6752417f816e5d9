import type { Learned, LearnedEdge, LearnedNode } from './learned.ts';

/** A message waits for the rounds before it; again, without the message, when its place has moved. */
export interface TrainingQueued {
  readonly type: 'training_queued';
  readonly digital_human_id: number;
  readonly round_id: string;
  /** Counts from 1. */
  readonly position: number;
  readonly message_id?: string;
  readonly content?: string;
  readonly client_message_id?: string;
}

/** A training round begins. `message` is a status sentence for people. */
export interface TrainingStart {
  readonly type: 'training_start';
  readonly digital_human_id: number;
  readonly round_id: string;
  readonly message: string;
}

export type TrainingStep =
  | 'intent_recognition'
  | 'knowledge_extraction'
  | 'context_analysis'
  | 'question_generation'
  | 'save_message';

export type TrainingKind =
  | 'user_message'
  | 'node_start'
  | 'node_complete'
  | 'knowledge_extracted'
  | 'question_chunk'
  | 'question_reset'
  | 'thinking';

/**
 * Progress of one step. `kind` says what else is there: `content` of `user_message`, `thinking` and `question_chunk`,
 * `result` of `node_complete`, `nodes` and `edges` of `knowledge_extracted`; `question_reset` withdraws the question so far.
 */
export interface TrainingChunk {
  readonly type: 'training_chunk';
  readonly digital_human_id: number;
  readonly round_id: string;
  readonly step: TrainingStep | null;
  readonly kind: TrainingKind;
  readonly content?: string;
  readonly message_id?: string;
  readonly client_message_id?: string;
  /** For people: what the step is doing, or did. */
  readonly message?: string;
  readonly result?: unknown;
  readonly duration_ms?: number;
  readonly skipped?: boolean;
  readonly nodes?: readonly LearnedNode[];
  readonly edges?: readonly LearnedEdge[];
  /** Why what was streamed so far does not count. */
  readonly reason?: string;
}

/** What a step took; tokens are estimated where the model did not say. */
export interface StepUsage {
  readonly step: string;
  readonly model_calls: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly estimated: boolean;
  readonly duration_ms: number;
}

export interface RoundUsage {
  readonly model_calls: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly estimated: boolean;
  readonly steps: readonly StepUsage[];
}

/** The end of a round. `question` equals the `question_chunk`s since the last `question_reset`, joined. */
export interface TrainingComplete {
  readonly type: 'training_complete';
  readonly digital_human_id: number;
  readonly round_id: string;
  readonly message_id: string;
  readonly message: string;
  readonly question: string;
  readonly learned: Learned;
  readonly usage: RoundUsage;
}

/** The end of a round that could not be finished. */
export interface TrainingError {
  readonly type: 'training_error';
  readonly digital_human_id: number;
  readonly round_id: string;
  readonly message_id: string;
  readonly error: string;
  readonly code: string;
  readonly retryable: boolean;
}

/** A message left the history, and with it what only it had said. */
export interface TrainingMessageDeleted {
  readonly type: 'training_message_deleted';
  readonly digital_human_id: number;
  readonly round_id: string;
  readonly message_id: string;
}

export type TrainingEvent =
  | TrainingQueued
  | TrainingStart
  | TrainingChunk
  | TrainingComplete
  | TrainingError
  | TrainingMessageDeleted;
