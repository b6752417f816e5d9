import type { TrainingStep } from './training.ts';

/** A turn that is being answered at the position of a `connected` or `resync`. */
export interface RunningTurn {
  readonly thread_id: string;
  readonly turn_id: string;
  readonly message_id: string;
  /** The text up to that position. */
  readonly accumulated_content: string;
  readonly reasoning: string;
  readonly model: string;
  readonly attempt: number;
  readonly started_at: string;
}

/** A turn that waits for its place. */
export interface QueuedTurn {
  readonly thread_id: string;
  readonly turn_id: string;
  readonly position: number;
}

/** A training round that runs. */
export interface RunningRound {
  readonly digital_human_id: number;
  readonly round_id: string;
  /** Null before its message is known. */
  readonly message_id: string | null;
  /** The one that began last; null before the first. */
  readonly step: TrainingStep | null;
  /** What was streamed of it so far, and not withdrawn. */
  readonly question: string;
}

/** A training round that waits for its place. */
export interface QueuedRound {
  readonly digital_human_id: number;
  readonly round_id: string;
  readonly position: number;
}

interface Opening {
  /** Null on the stream of all conversations, and on streams of training. */
  readonly thread_id?: string | null;
  /** There on streams of training only; null on that of all digital humans. */
  readonly digital_human_id?: number | null;
  /** The position from which the stream goes on. */
  readonly cursor: string;
  readonly heartbeat_seconds: number;
  /** The state at exactly that position; empty when a cursor was given, since the replay brings it. */
  readonly running: readonly (RunningTurn | RunningRound)[];
  readonly queued?: readonly (QueuedTurn | QueuedRound)[];
}

/** The first event of a stream. */
export interface Connected extends Opening {
  readonly type: 'connected';
}

/** The first event of a stream whose cursor could not be honoured: history must be read again. */
export interface Resync extends Opening {
  readonly type: 'resync';
  readonly reason: 'retention' | 'recreated' | 'ahead';
}

/** The server is alive; without `id`, and only where `heartbeat=event` was asked for. */
export interface Ping {
  readonly type: 'ping';
}

/** The server stops, or cannot serve this stream for the moment. The client comes back by itself. */
export interface ServerNotice {
  readonly type: 'server_draining' | 'server_busy';
  readonly code: string;
  /** Milliseconds until the client is welcome again. */
  readonly retry_ms: number;
}

export type StreamEvent = Connected | Resync | Ping | ServerNotice;
