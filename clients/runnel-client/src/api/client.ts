import { isTerminal, type RunnelEvent } from '../events/event.ts';
import { BearerTokens, type Tokens } from '../http/credentials.ts';
import { ProblemError } from '../http/problem.ts';
import { Transport, type TransportOptions } from '../http/transport.ts';
import { EventStream, type FollowOptions } from '../stream/event-stream.ts';
import { Account } from './account.ts';
import { Conversations } from './conversations.ts';
import { DigitalHumans } from './humans.ts';
import { newId } from './new-id.ts';
import { path } from './path.ts';
import { type NewMessage, type StopAnswer, type TurnOptions, type TurnReceipt, Turns } from './turns.ts';

export interface Model {
  readonly name: string;
  readonly kind: string;
  readonly model: string;
  readonly is_default: boolean;
  readonly is_demonstration: boolean;
}

export interface Training {
  readonly digital_human_id: number;
  readonly message: string;
  readonly client_message_id?: string;
  readonly when_busy?: 'reject' | 'enqueue';
}

/** A Runnel server, as one caller. Every request throws `ProblemError` where the server refuses. */
export class RunnelClient {
  readonly transport: Transport;
  readonly account: Account;
  readonly conversations: Conversations;
  readonly humans: DigitalHumans;
  readonly #turns: Turns;

  constructor(options: TransportOptions | Transport = {}) {
    this.transport = options instanceof Transport ? options : new Transport(options);
    this.account = new Account(this.transport);
    this.conversations = new Conversations(this.transport);
    this.humans = new DigitalHumans(this.transport);
    this.#turns = new Turns(this.transport);
  }

  /** With tokens that renew themselves; `onChange` keeps them, and gets undefined when the session is over. */
  static withTokens(
    options: Omit<TransportOptions, 'credentials'>,
    tokens: Tokens,
    onChange?: (tokens: Tokens | undefined) => void,
  ): RunnelClient {
    const account = new Account(new Transport(options));
    const renew = (refreshToken: string) =>
      account.refresh(refreshToken).catch((error: unknown) => {
        if (error instanceof ProblemError && error.status === 401) return undefined;
        throw error;
      });
    return new RunnelClient({ ...options, credentials: new BearerTokens(tokens, renew, onChange) });
  }

  async models(): Promise<readonly Model[]> {
    return (await this.transport.json<{ items: Model[] }>(path`/models`)).items;
  }

  /** Sends a message; it is answered whatever becomes of this client. Follow from the receipt's `cursor`. */
  send(message: NewMessage): Promise<TurnReceipt> {
    return this.#turns.send(message);
  }

  regenerate(threadId: string, messageId: string, options?: TurnOptions): Promise<TurnReceipt> {
    return this.#turns.regenerate(threadId, messageId, options);
  }

  edit(threadId: string, messageId: string, message: string, options?: TurnOptions): Promise<TurnReceipt> {
    return this.#turns.edit(threadId, messageId, message, options);
  }

  stop(threadId: string, turn?: Parameters<Turns['stop']>[1]): Promise<StopAnswer> {
    return this.#turns.stop(threadId, turn);
  }

  /** The events of one conversation. */
  follow(threadId: string, options?: FollowOptions): EventStream {
    return this.#follow(path`/conversations/${threadId}`, threadId, options);
  }

  /** Every event of every conversation of the caller. */
  followAll(options?: FollowOptions): EventStream {
    return this.#follow(path`/conversations`, null, options);
  }

  /** Sends a message and follows its turn to its end. */
  ask({ signal, thread_id, ...message }: NewMessage, options?: FollowOptions): EventStream {
    const body = { client_message_id: newId(), ...message };
    const streamPath = path`/conversations/${thread_id ?? 'new'}/stream`;
    return this.#begin(streamPath, body, { ...(signal ? { signal } : {}), ...options });
  }

  /** Starts a round of training and follows it to its end. */
  train(training: Training, options?: FollowOptions): EventStream {
    return this.#begin(path`/digital-humans/train/stream`, { client_message_id: newId(), ...training }, options);
  }

  /** The training of one digital human, or of all of the caller's. */
  followTraining(digitalHumanId?: number, options?: FollowOptions): EventStream {
    const query = { digital_human_id: digitalHumanId };
    const streamPath = path`/digital-humans/train/stream`;
    return new EventStream({ transport: this.transport, streamPath, query }, options);
  }

  #begin(streamPath: string, body: object, options: FollowOptions | undefined): EventStream {
    const query = { accumulated: false };
    return new EventStream({ transport: this.transport, streamPath, query, body, isLast: isEnd }, options);
  }

  #follow(root: string, threadId: string | null, options: FollowOptions | undefined): EventStream {
    const query = { accumulated: false };
    const target = { transport: this.transport, streamPath: `${root}/stream`, eventsPath: `${root}/events`, query };
    return new EventStream({ ...target, threadId }, options);
  }
}

// What began is over long since where its events are no longer kept.
const isEnd = (event: RunnelEvent) => isTerminal(event) || event.type === 'resync';
