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

/**
 * Progress of one step. `kind` says what else is there: `content` of `user_message`, `thinking` and `question_chunk`,
 * `result` of `node_complete`, what was found in `knowledge_extracted`; `question_reset` withdraws the question so far.
 */
export interface TrainingChunk {
  readonly type: 'training_chunk';
  readonly digital_human_id: number;
  readonly round_id: string;
  readonly step: TrainingStep | null;
  readonly kind:
    | 'user_message'
    | 'node_start'
    | 'node_complete'
    | 'knowledge_extracted'
    | 'question_chunk'
    | 'question_reset'
    | 'thinking';
  readonly content?: string;
  readonly skipped?: boolean;
  readonly result?: unknown;
}

/** The end of a round. `question` equals the `question_chunk`s since the last `question_reset`, joined. */
export interface TrainingComplete {
  readonly type: 'training_complete';
  readonly digital_human_id: number;
  readonly round_id: string;
  readonly message: string;
  readonly question: string;
  readonly learned: unknown;
}

/** The end of a round that could not be finished. */
export interface TrainingError {
  readonly type: 'training_error';
  readonly digital_human_id: number;
  readonly round_id: string;
  readonly error: string;
  readonly code: string;
  readonly retryable: boolean;
}

export type TrainingEvent = TrainingStart | TrainingChunk | TrainingComplete | TrainingError;
