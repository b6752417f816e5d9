import { request } from '../api/request';
import { noteConnection, noteEvent } from '../streams/record';
import type { Connection } from './types';
import type { Happening } from './wire';

interface Listeners {
  /** The path of the stream, below the API. */
  path: string;
  names: readonly string[];
  /** The position to go on from; null: now. */
  cursor: () => string | null;
  onEvent: (event: Happening) => void;
  onConnection: (connection: Connection) => void;
  /** The server is well and still refuses: it does not know the position any more. */
  onForgotten: () => void;
}

/** The events of conversations. */
export const CONVERSATION = [
  'connected',
  'resync',
  'user_message',
  'turn_queued',
  'ai_response_start',
  'ai_reasoning_chunk',
  'ai_response_chunk',
  'ai_response_reset',
  'ai_response_complete',
  'conversation_error',
  'conversation_updated',
  'conversation_deleted',
];

/**
 * One EventSource for all conversations. The browser comes back by itself with its cursor; what it cannot do is come back after
 * a status other than 200, or notice a connection that died in silence. Both are healed here.
 */
export function follow({ path, names, cursor, onEvent, onConnection, onForgotten }: Listeners) {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let pings = 0;
  let heartbeat = 15;
  let over = false;

  function open() {
    clearTimeout(timer);
    source?.close();
    if (over) return;
    const mark = path.includes('?') ? '&' : '?';
    const after = cursor() ? `&after=${encodeURIComponent(cursor() ?? '')}` : '';
    source = new EventSource(`/api/v1${path}${mark}accumulated=false&heartbeat=event${after}`);
    source.onerror = lost;
    for (const name of names) source.addEventListener(name, receive);
    source.addEventListener('ping', () => {
      pings++;
      listen();
    });
  }

  function receive(event: MessageEvent<string>) {
    noteEvent(event.type, event.lastEventId, event.data);
    const data = JSON.parse(event.data) as Happening & { heartbeat_seconds?: number };
    if (event.type === 'connected' || event.type === 'resync') {
      failures = 0;
      heartbeat = data.heartbeat_seconds || heartbeat;
      noteConnection('live');
      onConnection('live');
    }
    listen();
    onEvent({ ...data, type: event.type, id: event.lastEventId });
  }

  // Only a server that has shown that it pings can be judged by its silence.
  function listen() {
    clearTimeout(silence);
    if (pings > 0) silence = setTimeout(reopen, heartbeat * 3000);
  }

  function reopen() {
    if (over) return;
    noteConnection('reconnecting');
    onConnection('reconnecting');
    open();
  }

  async function lost() {
    if (over) return;
    noteConnection('reconnecting');
    onConnection('reconnecting');
    if (source?.readyState !== EventSource.CLOSED) return;
    const answer = await request('GET', '/conversations?limit=1');
    if (over || answer.status === 401) return;
    if (answer.ok && ++failures % 4 === 0) onForgotten();
    else if (!answer.ok) failures++;
    const pause = Math.min(15_000, 500 * 2 ** Math.min(failures, 5)) * (0.5 + Math.random());
    timer = setTimeout(open, pause);
  }

  const wake = () => {
    if (source?.readyState === EventSource.CLOSED) open();
  };
  addEventListener('online', wake);
  document.addEventListener('visibilitychange', wake);
  open();

  return {
    reopen,
    end() {
      over = true;
      clearTimeout(timer);
      clearTimeout(silence);
      removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
      source?.close();
    },
  };
}
