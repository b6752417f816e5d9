// Written by EventFieldsTests from the server's records. The types of src/events are compared with it.

export interface ServerEvents {
  user_message: {
    readonly type: 'user_message';
    readonly thread_id: string;
    readonly turn_id: string;
    readonly message_id: string;
    readonly content: string;
    readonly client_message_id: string | null;
    readonly created_at: string;
  };
  turn_queued: {
    readonly type: 'turn_queued';
    readonly thread_id: string;
    readonly turn_id: string;
    readonly position: number;
  };
  ai_response_start: {
    readonly type: 'ai_response_start';
    readonly thread_id: string;
    readonly turn_id: string;
    readonly message_id: string;
    readonly digital_human_id: number | null;
    readonly model: string;
    readonly attempt: number;
    readonly started_at: string;
  };
  ai_reasoning_chunk: {
    readonly type: 'ai_reasoning_chunk';
    readonly thread_id: string;
    readonly turn_id: string;
    readonly message_id: string;
    readonly content: string;
  };
  ai_response_chunk: {
    readonly type: 'ai_response_chunk';
    readonly thread_id: string;
    readonly turn_id: string;
    readonly message_id: string;
    readonly content: string;
    readonly accumulated_content?: string;
  };
  ai_response_reset: {
    readonly type: 'ai_response_reset';
    readonly thread_id: string;
    readonly turn_id: string;
    readonly message_id: string;
    readonly reason: string;
  };
  ai_response_complete: {
    readonly type: 'ai_response_complete';
    readonly thread_id: string;
    readonly turn_id: string;
    readonly message_id: string;
    readonly final_content: string;
    readonly finish_reason: string;
    readonly usage: {
      readonly input_tokens: number;
      readonly output_tokens: number;
      readonly estimated: boolean;
    };
    readonly model: string;
    readonly duration_ms: number;
    readonly first_token_ms: number | null;
    readonly knowledge_used: readonly {
      readonly id: string;
      readonly kind: string;
      readonly message_id: string;
    }[];
  };
  conversation_error: {
    readonly type: 'conversation_error';
    readonly thread_id: string;
    readonly turn_id: string;
    readonly message_id: string;
    readonly error: string;
    readonly code: string;
    readonly retryable: boolean;
    readonly partial_content: string;
  };
  conversation_updated: {
    readonly type: 'conversation_updated';
    readonly thread_id: string;
    readonly title?: string;
    readonly active_message_id?: string;
    readonly withdrawn?: readonly string[];
    readonly feedback?: {
      readonly message_id: string;
      readonly rating: string;
      readonly comment: string | null;
    };
    readonly updated_at?: string;
  };
  conversation_deleted: {
    readonly type: 'conversation_deleted';
    readonly thread_id: string;
  };
  training_queued: {
    readonly type: 'training_queued';
    readonly digital_human_id: number;
    readonly round_id: string;
    readonly position: number;
    readonly message_id?: string;
    readonly content?: string;
    readonly client_message_id?: string;
  };
  training_start: {
    readonly type: 'training_start';
    readonly digital_human_id: number;
    readonly round_id: string;
    readonly message: string;
  };
  training_chunk: {
    readonly type: 'training_chunk';
    readonly digital_human_id: number;
    readonly round_id: string;
    readonly kind: string;
    readonly step: string | null;
    readonly content?: string;
    readonly message_id?: string;
    readonly client_message_id?: string;
    readonly message?: string;
    readonly result?: unknown;
    readonly duration_ms?: number;
    readonly skipped?: boolean;
    readonly nodes?: unknown;
    readonly edges?: unknown;
    readonly reason?: string;
  };
  training_complete: {
    readonly type: 'training_complete';
    readonly digital_human_id: number;
    readonly round_id: string;
    readonly message_id: string;
    readonly message: string;
    readonly question: string;
    readonly learned: unknown;
    readonly usage: {
      readonly model_calls: number;
      readonly input_tokens: number;
      readonly output_tokens: number;
      readonly estimated: boolean;
      readonly steps: readonly {
        readonly step: string;
        readonly model_calls: number;
        readonly input_tokens: number;
        readonly output_tokens: number;
        readonly estimated: boolean;
        readonly duration_ms: number;
      }[];
    };
  };
  training_error: {
    readonly type: 'training_error';
    readonly digital_human_id: number;
    readonly round_id: string;
    readonly message_id: string;
    readonly error: string;
    readonly code: string;
    readonly retryable: boolean;
  };
  training_message_deleted: {
    readonly type: 'training_message_deleted';
    readonly digital_human_id: number;
    readonly round_id: string;
    readonly message_id: string;
  };
}
