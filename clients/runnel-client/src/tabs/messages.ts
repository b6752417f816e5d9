import type { RunnelEvent } from '../events/event.ts';
import type { StreamStatus } from '../stream/end.ts';

/** What a tab says to whoever holds the connection. */
export type ToHub =
  | { readonly kind: 'join'; readonly tab: string; readonly name: string; readonly after: string | undefined }
  | { readonly kind: 'leave'; readonly tab: string; readonly name: string };

/** What the holder says to the tabs. */
export type FromHub =
  /** A tab that asked may begin, with these. */
  | { readonly kind: 'welcome'; readonly tab: string; readonly events: readonly RunnelEvent[] }
  | { readonly kind: 'event'; readonly event: RunnelEvent }
  | { readonly kind: 'status'; readonly status: StreamStatus }
  /** The holder lives. */
  | { readonly kind: 'beat' }
  /** There is a new holder, and it knows nobody. */
  | { readonly kind: 'leading' };

/** The way to whoever holds the connection. */
export interface Link {
  post(message: ToHub): void;
  onMessage: (message: FromHub) => void;
  /** Called where nothing was heard for too long. */
  revive(): void;
  close(): void;
}

/** How often the holder says that it lives, and how long it may be silent. */
export interface Pulse {
  readonly beatMs: number;
  readonly deadMs: number;
}

export const defaultPulse: Pulse = { beatMs: 2_000, deadMs: 7_000 };
