import { request } from '../api/request';
import { create } from '../state/store';
import { type Doings, doings } from './doings';
import { history } from './history';
import { isOpen } from './messages';
import { after, first, threadOf } from './model';
import { withRow } from './rows';
import type { Session } from './session';
import { followConversations } from './stream';
import type { Row } from './types';
import type { Happening } from './wire';

const BRANCHED = new Set(['ai_response_complete', 'conversation_error']);

/** Begins to follow the conversations of whoever is signed in, until `end`. */
export function startSession(account: string): Session {
  const state = create(first);
  const reading = history(state);
  let cursor: string | null = null;
  let pending: Happening[] = [];
  let frame = 0;

  /** What came since the last frame is shown at once: one drawing for many events. */
  function draw() {
    frame = 0;
    const events = pending;
    pending = [];
    state.set(now => events.reduce(after, now));
    for (const event of events) react(event);
  }

  function receive(event: Happening) {
    const hadNone = cursor === null;
    if (event.id) cursor = event.id;
    reading.note(event);
    pending.push(event);
    // A tab in the background has no frames, and must not gather a day's events.
    if (document.hidden || pending.length > 500) {
      cancelAnimationFrame(frame);
      draw();
    } else if (!frame) frame = requestAnimationFrame(draw);
    if (event.type === 'resync' || (event.type === 'connected' && hadNone)) refresh();
  }

  /** What happened while nobody listened is in the history. */
  function refresh() {
    void reading.firstRows();
    reading.everything();
  }

  function react(event: Happening) {
    const { type, thread_id: thread } = event;
    if (type === 'user_message' && !state.get().rows.some(row => row.thread_id === thread)) void readRow(thread);
    if (type !== 'conversation_updated' && !BRANCHED.has(type)) return;
    // Only history knows which versions of a message there are.
    if (event.active_message_id || (BRANCHED.has(type) && reading.isBranched(thread))) reading.again(thread);
  }

  /** By the time the row is here its answer may have ended, which the stream has said. */
  async function readRow(thread: string) {
    const answer = await request<Row>('GET', `/conversations/${thread}`);
    if (!answer.ok) return;
    state.set(now => {
      const { messages } = threadOf(now, thread);
      const running = messages.length > 0 ? messages.some(isOpen) : answer.data.running;
      return { ...now, rows: withRow(now.rows, { ...answer.data, running }) };
    });
  }

  const stream = followConversations(account, {
    cursor: () => cursor,
    onEvent: event => receive(event as unknown as Happening),
    onConnection: connection => state.set(now => ({ ...now, connection })),
    onForgotten: () => {
      cursor = null;
      stream.reopen();
    },
  });
  void reading.firstRows();

  const actions: Doings = doings(state, reading);
  return {
    ...actions,
    state,
    open: reading.open,
    earlier: reading.earlier,
    reload: reading.again,
    moreRows: reading.moreRows,
    reconnect: stream.reopen,
    end() {
      cancelAnimationFrame(frame);
      actions.finish();
      stream.end();
    },
  };
}
