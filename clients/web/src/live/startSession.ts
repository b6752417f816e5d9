import { type Action, type RunnelEvent, reduce } from 'runnel-client';
import { create } from '../state/store';
import { doings } from './doings';
import { reading } from './reading';
import type { Session } from './session';
import { first } from './state';
import { followConversations } from './stream';

/** Begins to follow the conversations of whoever is signed in, until `end`. */
export function startSession(account: string): Session {
  const state = create(first);
  const apply = (action: Action) => state.set(now => ({ ...now, runnel: reduce(now.runnel, action) }));
  const reads = reading(state, apply);
  let cursor: string | null = null;
  let pending: RunnelEvent[] = [];
  let frame = 0;

  /** What came since the last frame is shown at once: one drawing for many events. */
  function draw() {
    frame = 0;
    const events = pending;
    pending = [];
    const before = state.get().runnel.rows;
    const isNew = (event: RunnelEvent) => event.type === 'user_message' && !before[event.thread_id];
    state.set(now => ({ ...now, runnel: events.reduce(reduce, now.runnel) }));
    for (const event of events) reads.after(event, isNew(event));
  }

  function receive(event: RunnelEvent) {
    const hadNone = cursor === null;
    if (event.id) cursor = event.id;
    pending.push(event);
    // A tab in the background has no frames, and must not gather a day's events.
    if (document.hidden || pending.length > 500) {
      cancelAnimationFrame(frame);
      draw();
    } else if (!frame) frame = requestAnimationFrame(draw);
    // What happened while nobody listened is in the list.
    if (event.type === 'resync' || (event.type === 'connected' && hadNone)) void reads.firstRows();
  }

  const stream = followConversations(account, {
    cursor: () => cursor,
    onEvent: receive,
    onConnection: connection => state.set(now => ({ ...now, connection })),
    onForgotten: () => {
      cursor = null;
      stream.reopen();
    },
  });
  void reads.firstRows();

  const { finish, ...actions } = doings(state, apply, account);
  return {
    ...actions,
    state,
    open: reads.open,
    earlier: reads.earlier,
    reload: reads.again,
    moreRows: reads.moreRows,
    reconnect: stream.reopen,
    end() {
      cancelAnimationFrame(frame);
      finish();
      stream.end();
    },
  };
}
