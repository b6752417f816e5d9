/** What a person wrote, once it is saved. */
export interface UserMessage {
  readonly type: 'user_message';
  readonly thread_id: string;
  readonly turn_id: string;
  readonly message_id: string;
  readonly content: string;
  readonly client_message_id: string | null;
  /** RFC 3339, UTC. */
  readonly created_at: string;
}

/** Where a turn stands among those that wait, counted from 1; it comes again when the place changes. */
export interface TurnQueued {
  readonly type: 'turn_queued';
  readonly thread_id: string;
  readonly turn_id: string;
  readonly position: number;
}

/** A model is about to be asked; attempts count from 1 within the turn. */
export interface AiResponseStart {
  readonly type: 'ai_response_start';
  readonly thread_id: string;
  readonly turn_id: string;
  readonly message_id: string;
  readonly digital_human_id: number | null;
  readonly model: string;
  readonly attempt: number;
  readonly started_at: string;
}

/** A piece of what the model thinks before it answers. */
export interface AiReasoningChunk {
  readonly type: 'ai_reasoning_chunk';
  readonly thread_id: string;
  readonly turn_id: string;
  readonly message_id: string;
  readonly content: string;
}

/** A piece of the answer. `accumulated_content` is all of it so far, and not in every chunk of a long answer. */
export interface AiResponseChunk {
  readonly type: 'ai_response_chunk';
  readonly thread_id: string;
  readonly turn_id: string;
  readonly message_id: string;
  readonly content: string;
  readonly accumulated_content?: string;
}

/** Text and reasoning shown so far are withdrawn; a new attempt begins. */
export interface AiResponseReset {
  readonly type: 'ai_response_reset';
  readonly thread_id: string;
  readonly turn_id: string;
  readonly message_id: string;
  /** The code of what ended the attempt. */
  readonly reason: string;
}

/** What an answer took, in tokens; estimated where the model did not say. */
export interface Usage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly estimated: boolean;
}

export type FinishReason = 'stop' | 'length' | 'content_filter' | 'tool_calls' | 'stopped';

/** Something that a digital human knows, and that its model was given for an answer. */
export interface UsedFact {
  /** Of the node or edge of its knowledge. */
  readonly id: string;
  readonly kind: 'node' | 'edge';
  /** The message of the training that said it last. */
  readonly message_id: string;
  /** What it is called, and what is known: in histories, and not in events. */
  readonly name?: string;
  readonly type?: string;
  readonly text?: string;
}

/** The end of a turn whose answer is saved. */
export interface AiResponseComplete {
  readonly type: 'ai_response_complete';
  readonly thread_id: string;
  readonly turn_id: string;
  readonly message_id: string;
  readonly final_content: string;
  readonly finish_reason: FinishReason;
  readonly usage: Usage;
  readonly model: string;
  readonly duration_ms: number;
  /** Null when there was no text and no reasoning. */
  readonly first_token_ms: number | null;
  readonly knowledge_used: readonly UsedFact[];
}

/** The end of a turn that could not be finished; what was shown is kept. */
export interface ConversationError {
  readonly type: 'conversation_error';
  readonly thread_id: string;
  readonly turn_id: string;
  readonly message_id: string;
  /** A sentence for a person. */
  readonly error: string;
  /** For programs: `upstream_unavailable`, `interrupted`, … */
  readonly code: string;
  /** Whether sending again may help. */
  readonly retryable: boolean;
  readonly partial_content: string;
}

export type Rating = 'up' | 'down' | 'none';

/** What changed in a conversation besides its turns; only the members that changed are there. */
export interface ConversationUpdated {
  readonly type: 'conversation_updated';
  readonly thread_id: string;
  readonly title?: string;
  /** Where activity moved the conversation in the list. */
  readonly updated_at?: string;
  /** The newest message of the branch that is the active one from now on. */
  readonly active_message_id?: string;
  /** Messages that left the history. */
  readonly withdrawn?: readonly string[];
  readonly feedback?: { readonly message_id: string; readonly rating: Rating; readonly comment: string | null };
}

/** Nothing of the conversation is left, and nothing more will come of it. */
export interface ConversationDeleted {
  readonly type: 'conversation_deleted';
  readonly thread_id: string;
}

/** The events of a turn, and of the conversation around it. */
export type ConversationEvent =
  | UserMessage
  | TurnQueued
  | AiResponseStart
  | AiReasoningChunk
  | AiResponseChunk
  | AiResponseReset
  | AiResponseComplete
  | ConversationError
  | ConversationUpdated
  | ConversationDeleted;
