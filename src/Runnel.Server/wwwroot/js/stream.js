// One EventSource for all conversations. The browser reconnects by itself with Last-Event-ID; what it cannot do is come
// back after a status other than 200, or notice a connection that died in silence. Both are healed here.
import * as api from './api.js';

const names = ['connected', 'resync', 'user_message', 'turn_queued', 'ai_response_start', 'ai_reasoning_chunk',
  'ai_response_chunk', 'ai_response_reset', 'ai_response_complete', 'conversation_error', 'conversation_updated',
  'conversation_deleted'];

export function follow({ cursor, onEvent, onConnection, onSignedOut, onForgotten }) {
  let source, timer, silence, failures = 0, pings = 0, heartbeat = 15, stopped = false;

  function open() {
    clearTimeout(timer);
    source?.close();
    if (stopped) return;
    const after = cursor() ? `&after=${encodeURIComponent(cursor())}` : '';
    source = new EventSource(`${api.streamPath}?accumulated=false&heartbeat=event${after}`);
    source.onerror = lost;
    for (const name of names) source.addEventListener(name, receive);
    source.addEventListener('ping', () => { pings++; listen(); });
  }

  function receive(event) {
    const data = JSON.parse(event.data);
    if (event.type === 'connected') {
      failures = 0;
      heartbeat = data.heartbeat_seconds || heartbeat;
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
    if (stopped) return;
    onConnection('reconnecting');
    open();
  }

  async function lost() {
    onConnection('reconnecting');
    if (source.readyState !== EventSource.CLOSED || stopped) return;
    const answer = await api.me();
    if (stopped) return;
    if (answer.status === 401) return onSignedOut();
    // A server that is well and still refuses does not know our position any more: begin anew.
    if (answer.ok && ++failures % 4 === 0) onForgotten();
    else if (!answer.ok) failures++;
    timer = setTimeout(open, Math.min(15_000, 500 * 2 ** Math.min(failures, 5)) * (0.5 + Math.random()));
  }

  const online = () => { if (source.readyState === EventSource.CLOSED) open(); };
  addEventListener('online', online);
  open();
  return function stop() {
    stopped = true;
    clearTimeout(timer);
    clearTimeout(silence);
    removeEventListener('online', online);
    source.close();
  };
}
