import { request } from '../api/request';
import { UNDO } from '../conversations/undo';
import type { Store } from '../state/store';
import { withoutRow } from './rows';
import type { State } from './session';

/** Deletes conversations after a while in which that can be taken back; a page that goes deletes at once. */
export function removals(state: Store<State>) {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  const leaving = (thread: string, is: boolean) =>
    state.set(now => {
      const next = new Set(now.leaving);
      if (is) next.add(thread);
      else next.delete(thread);
      return { ...now, leaving: next };
    });

  async function perform(thread: string) {
    timers.delete(thread);
    const answer = await request('DELETE', `/conversations/${thread}`);
    if (answer.ok || answer.status === 404) state.set(now => ({ ...now, rows: withoutRow(now.rows, thread) }));
    leaving(thread, false);
  }

  /** `keepalive` lets the request outlive the page. */
  function performAll() {
    for (const [thread, timer] of timers) {
      clearTimeout(timer);
      void fetch(`/api/v1/conversations/${thread}`, { method: 'DELETE', keepalive: true, credentials: 'same-origin' });
    }
    timers.clear();
  }

  addEventListener('pagehide', performAll);
  return {
    remove(thread: string) {
      leaving(thread, true);
      timers.set(
        thread,
        setTimeout(() => void perform(thread), UNDO),
      );
      return {
        undo() {
          clearTimeout(timers.get(thread));
          timers.delete(thread);
          leaving(thread, false);
        },
      };
    },
    finish() {
      performAll();
      removeEventListener('pagehide', performAll);
    },
  };
}
