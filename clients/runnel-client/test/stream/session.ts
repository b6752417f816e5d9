import { inject } from 'vitest';
import {
  type Credentials,
  EventStream,
  type FollowOptions,
  isTerminal,
  type RunnelEvent,
  Transport,
} from '../../src/index.ts';
import type { Seen } from '../server/server.ts';

/** In a hurry, but with time enough for a machine that is busy. */
const hurry = { backoffMs: 20, backoffCapMs: 200, stableMs: 10_000, openingMs: 3_000, pollWaitMs: 1_000 };

let last = 0;

/** One test's own corner of the misbehaving server. */
export class Session {
  readonly #misbehaviour: string;
  readonly #url = `${inject('server')}/${Date.now().toString(36)}${Math.random().toString(36).slice(2)}${last++}`;
  readonly states: string[] = [];

  constructor(misbehaviour: string) {
    this.#misbehaviour = misbehaviour;
  }

  follow(options: FollowOptions & { credentials?: Credentials } = {}): EventStream {
    const { credentials, ...follow } = options;
    const transport = new Transport({ baseUrl: this.#url, ...(credentials ? { credentials } : {}) });
    const path = `/${this.#misbehaviour}`;
    return new EventStream(
      { transport, streamPath: `${path}/stream`, eventsPath: `${path}/events`, threadId: 't' },
      {
        ...follow,
        tuning: { ...hurry, ...follow.tuning },
        onStatus: status => {
          this.states.push(status.state === 'waiting' ? `waiting: ${status.loss.reason}` : status.state);
          follow.onStatus?.(status);
        },
      },
    );
  }

  async seen(): Promise<Seen[]> {
    return (await fetch(`${this.#url}/seen`)).json() as Promise<Seen[]>;
  }
}

/** All events up to the end of the turn. */
export async function readTurn(stream: EventStream): Promise<RunnelEvent[]> {
  const events: RunnelEvent[] = [];
  for await (const event of stream) {
    events.push(event);
    if (isTerminal(event)) break;
  }
  return events;
}

/** The events of the log among them. */
export const ofLog = (events: readonly RunnelEvent[]): readonly RunnelEvent[] =>
  events.filter(event => 'turn_id' in event);
