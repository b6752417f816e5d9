import type { Action } from 'runnel-client';
import { answerTo } from '../api/answer';
import { lastly, runnel } from '../api/runnel';
import { UNDO } from '../conversations/undo';
import type { Store } from '../state/store';
import type { State } from './state';

/** Deletes conversations after a while in which that can be taken back; a page that goes deletes at once. */
export function removals(state: Store<State>, apply: (action: Action) => void) {
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
    const answer = await answerTo(runnel.conversations.delete(thread));
    if (answer.ok || answer.problem.status === 404) apply({ type: 'conversation_deleted', thread_id: thread });
    leaving(thread, false);
  }

  function performAll() {
    for (const [thread, timer] of timers) {
      clearTimeout(timer);
      void answerTo(lastly.conversations.delete(thread));
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
