import type { RunnelEvent } from '../events/event.ts';
import type { Transport } from '../http/transport.ts';

/** What is followed. */
export interface Target {
  readonly transport: Transport;
  readonly streamPath: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** What begins it, by POST. It names its message, so that asking again begins nothing more. */
  readonly body?: unknown;
  /** The same events on the same cursor as JSON, where the server has them. */
  readonly eventsPath?: string;
  /** Of what conversation; null for all. */
  readonly threadId?: string | null;
  /** The event after which the stream is over. */
  readonly isLast?: (event: RunnelEvent) => boolean;
}

/** Where a stream stands. */
export interface Position {
  /** Everything up to and with this event has been given to the caller. */
  cursor: string | undefined;
}
