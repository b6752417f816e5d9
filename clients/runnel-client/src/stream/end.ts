import type { ProblemError } from '../http/problem.ts';

/** Why a stream is over. */
export type StreamEnd =
  /** The caller closed it, or aborted its signal. */
  | { readonly reason: 'closed' }
  /** What was asked for is complete: the turn, or the round, has ended. */
  | { readonly reason: 'complete' }
  /** 204: there is nothing more to come, ever. */
  | { readonly reason: 'gone' }
  /** 404 or 410: there is no such thing, or not for this caller. */
  | { readonly reason: 'not_found'; readonly error: ProblemError }
  /** 401, and refreshing did not help: somebody has to sign in. */
  | { readonly reason: 'unauthenticated'; readonly error: ProblemError }
  /** Another refusal that asking again does not change, such as `invalid_cursor`. */
  | { readonly reason: 'refused'; readonly error: ProblemError };

/** Why one connection is over, and the stream is not. */
export type Loss = {
  readonly reason: 'ended' | 'unreachable' | 'silent' | 'status' | 'malformed' | 'draining' | 'busy' | 'retry';
  /** The least time to wait that the server asked for. */
  readonly atLeastMs?: number;
  readonly status?: number;
};

/** What a stream is doing. */
export type StreamStatus =
  | { readonly state: 'connecting' }
  /** Connected; events arrive as they happen. */
  | { readonly state: 'live' }
  /** Something between mutes the stream; events are fetched, and arrive a little later. */
  | { readonly state: 'polling' }
  /** The connection is lost; the next attempt is made after `delayMs`. */
  | { readonly state: 'waiting'; readonly delayMs: number; readonly failures: number; readonly loss: Loss }
  | { readonly state: 'ended'; readonly end: StreamEnd };

/** How a connection went: over for good, or lost. */
export type Outcome =
  | { readonly kind: 'end'; readonly end: StreamEnd }
  | { readonly kind: 'lost'; readonly loss: Loss };
