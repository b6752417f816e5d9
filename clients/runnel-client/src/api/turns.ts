import type { Transport } from '../http/transport.ts';
import { again } from './again.ts';
import { newId } from './new-id.ts';
import { path } from './path.ts';

/** What to do with a message that meets a running answer. */
export type WhenBusy = 'reject' | 'enqueue' | 'interrupt' | 'rollback';

export interface TurnOptions {
  /** 1 to 64 characters, unique per user; made up where it is left out. A repetition with the same one is harmless. */
  readonly client_message_id?: string;
  readonly when_busy?: WhenBusy;
  readonly model?: string;
  readonly signal?: AbortSignal;
}

export interface NewMessage extends TurnOptions {
  readonly message: string;
  /** Without it a conversation begins. */
  readonly thread_id?: string;
  readonly digital_human_id?: number;
}

/** The server has the message: it is answered whatever becomes of this client. */
export interface TurnReceipt {
  readonly thread_id: string;
  readonly turn_id: string;
  readonly user_message_id: string;
  /** The answer's. */
  readonly message_id: string;
  /** Lies before the first event of the turn: follow the conversation from here and nothing is missed. */
  readonly cursor: string;
  /** The same place on the stream of all conversations. */
  readonly user_cursor: string;
  readonly status: 'running' | 'queued' | 'complete' | 'stopped' | 'failed' | 'interrupted' | 'withdrawn';
  /** Counts from 1; 0 for a turn that runs. */
  readonly queue_position: number;
  readonly stream_url: string;
}

export interface StopAnswer {
  readonly stopped: boolean;
  readonly turn_id: string | null;
  readonly status: string | null;
  /** The cursor of the turn's last event on the conversation's stream. */
  readonly last_event_id: string;
}

/** What begins turns and ends them. An answer that is lost is asked for again, which begins nothing twice. */
export class Turns {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  send({ signal, ...message }: NewMessage): Promise<TurnReceipt> {
    return this.#begin(path`/conversations/send`, message, signal);
  }

  regenerate(threadId: string, messageId: string, options: TurnOptions = {}): Promise<TurnReceipt> {
    const { signal, ...body } = options;
    return this.#begin(path`/conversations/${threadId}/messages/${messageId}/regenerate`, body, signal);
  }

  edit(threadId: string, messageId: string, message: string, options: TurnOptions = {}): Promise<TurnReceipt> {
    const { signal, ...body } = options;
    return this.#begin(path`/conversations/${threadId}/messages/${messageId}/edit`, { message, ...body }, signal);
  }

  /** Stops the turn that is named, or the one that runs. What was shown stays. */
  stop(
    threadId: string,
    turn: { readonly turn_id?: string; readonly client_message_id?: string; readonly signal?: AbortSignal } = {},
  ): Promise<StopAnswer> {
    const { signal, ...body } = turn;
    const url = path`/conversations/${threadId}/stop`;
    return again(() => this.#transport.json(url, { method: 'POST', body, signal }), signal);
  }

  #begin(url: string, message: object, signal: AbortSignal | undefined): Promise<TurnReceipt> {
    const body = { client_message_id: newId(), ...message };
    return again(() => this.#transport.json(url, { method: 'POST', body, signal }), signal);
  }
}
