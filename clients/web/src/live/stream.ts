import type { EventStream, FollowOptions, RunnelEvent, StreamStatus } from 'runnel-client';
import { shareStream } from 'runnel-client/tabs';
import { noteSignedOut, streaming } from '../api/runnel';
import { noteConnection, noteEvent } from '../streams/record';
import type { Connection } from './types';

interface Listeners {
  /** The position to go on from; null: now. */
  cursor: () => string | null;
  onEvent: (event: RunnelEvent) => void;
  onConnection: (connection: Connection) => void;
  /** The server does not know the position any more: begin anew, and read what is kept. */
  onForgotten: () => void;
}

interface Followed extends AsyncIterable<RunnelEvent> {
  close(): void;
}

const connections: Partial<Record<StreamStatus['state'], Connection>> = {
  live: 'live',
  polling: 'live',
  waiting: 'reconnecting',
};

/** All conversations of this account, over one connection for all tabs of this browser. */
export function followConversations(account: string, listeners: Listeners) {
  const open = (options: FollowOptions) => streaming.followAll(options);
  const worker = () =>
    new SharedWorker(new URL('./streamWorker.ts', import.meta.url), { type: 'module', name: account });
  return follow(options => shareStream(`conversations of ${account}`, open, { ...options, worker }), listeners);
}

/** The training of one digital human. Few look at it in many tabs: each has a connection of its own. */
export function followTraining(human: number, listeners: Listeners) {
  return follow((options): EventStream => streaming.followTraining(human, options), listeners);
}

function follow(open: (options: FollowOptions) => Followed, listeners: Listeners) {
  let stream: Followed | undefined;

  function onStatus(status: StreamStatus) {
    const connection = connections[status.state];
    if (connection) {
      noteConnection(connection);
      listeners.onConnection(connection);
    }
    if (status.state !== 'ended') return;
    if (status.end.reason === 'unauthenticated') noteSignedOut();
    if (status.end.reason === 'refused') listeners.onForgotten();
  }

  async function begin() {
    stream?.close();
    const own = open({ after: listeners.cursor() ?? undefined, onStatus });
    stream = own;
    try {
      for await (const event of own) {
        if (own !== stream) return;
        noteEvent(event.type, event.id ?? '', JSON.stringify(event));
        listeners.onEvent(event);
      }
    } catch {
      // Its status has said why it is over.
    }
  }

  void begin();
  return {
    reopen() {
      noteConnection('reconnecting');
      void begin();
    },
    end() {
      const own = stream;
      stream = undefined;
      own?.close();
    },
  };
}
