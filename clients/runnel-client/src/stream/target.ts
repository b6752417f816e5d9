import type { Transport } from '../http/transport.ts';

/** What is followed. */
export interface Target {
  readonly transport: Transport;
  readonly streamPath: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** The same events on the same cursor as JSON, where the server has them. */
  readonly eventsPath?: string;
  /** Of what conversation; null for all. */
  readonly threadId?: string | null;
}

/** Where a stream stands. */
export interface Position {
  /** Everything up to and with this event has been given to the caller. */
  cursor: string | undefined;
}
