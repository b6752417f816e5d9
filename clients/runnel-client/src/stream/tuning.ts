/** Times of a stream, in milliseconds. The defaults are meant for people; tests are in a hurry. */
export interface Tuning {
  /** The back-off begins with a random wait up to this, and doubles. */
  readonly backoffMs: number;
  /** No random wait is longer. */
  readonly backoffCapMs: number;
  /** A connection that lived so long was a good one: the back-off begins anew. */
  readonly stableMs: number;
  /** How long a stream may take to say `connected`. */
  readonly openingMs: number;
  /** The server's silence, in heartbeats, after which a connection is taken for dead. */
  readonly silentHeartbeats: number;
  /** How long one request of the long-poll waits for news; the server takes up to 30 s. */
  readonly pollWaitMs: number;
  /** After so long a stream is tried again where a proxy had muted it. */
  readonly muteMs: number;
}

export const defaultTuning: Tuning = {
  backoffMs: 500,
  backoffCapMs: 30_000,
  stableMs: 10_000,
  openingMs: 10_000,
  silentHeartbeats: 2.5,
  pollWaitMs: 25_000,
  muteMs: 600_000,
};
