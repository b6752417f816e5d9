import { type Problem, request } from '../api/request';
import { chosenModel } from '../composer/models';
import type { Store } from '../state/store';
import type { History } from './history';
import { change, type Messages, message, place, withId } from './messages';
import { claim, threadOf, withMessages } from './model';
import { newId } from './newId';
import { removals } from './removals';
import { withoutRow } from './rows';
import { DRAFT, type Session, type State, type WhenBusy } from './session';
import type { Message } from './types';

export type Doings = Pick<
  Session,
  'send' | 'resend' | 'discard' | 'stop' | 'regenerate' | 'edit' | 'branch' | 'rate' | 'rename' | 'remove'
> & { finish(): void };

interface Accepted {
  thread_id: string;
  turn_id: string;
  user_message_id: string;
  message_id: string;
  status: string;
  queue_position: number;
}

const withClientId = (id: string) => (one: Message) => one.client_message_id === id;

/** All that a person does with conversations. What fails is said where it was done. */
export function doings(state: Store<State>, reading: History): Doings {
  const removing = removals(state);
  const change_ = (thread: string, to: (all: Messages) => Messages) => state.set(now => withMessages(now, thread, to));

  async function post(thread: string, one: Message, whenBusy: WhenBusy, human?: number): Promise<string | null> {
    const id = one.client_message_id ?? '';
    const answer = await request<Accepted>('POST', '/conversations/send', {
      message: one.content,
      client_message_id: id,
      when_busy: whenBusy,
      thread_id: thread === DRAFT ? undefined : thread,
      digital_human_id: human,
      model: chosenModel.get() ?? undefined,
    });
    if (!answer.ok) {
      change_(thread, all => change(all, withClientId(id), () => ({ status: 'unsent', problem: answer.problem })));
      return null;
    }
    state.set(now => accepted(now, id, answer.data));
    return answer.data.thread_id;
  }

  async function ask(thread: string, path: string, body: unknown, verb = 'POST'): Promise<Problem | null> {
    const answer = await request(verb, `/conversations/${thread}${path}`, body);
    return answer.ok ? null : answer.problem;
  }

  const failed = (thread: string, one: Message, problem: Problem | null) => {
    if (problem) change_(thread, all => change(all, withId(one.message_id ?? ''), () => ({ problem })));
    return problem === null;
  };

  return {
    ...removing,
    send(thread, text, whenBusy, human) {
      const id = newId();
      const one = message({ key: id, role: 'user', content: text, client_message_id: id, status: 'sending' });
      change_(thread, all => place(all, withClientId(id), {}, () => one));
      return post(thread, one, whenBusy, human);
    },
    resend(thread, one) {
      change_(thread, all =>
        change(all, withClientId(one.client_message_id ?? ''), () => ({ status: 'sending', problem: null })),
      );
      void post(thread, one, 'enqueue');
    },
    discard: (thread, one) => change_(thread, all => all.filter(other => other.key !== one.key)),
    async stop(thread, turn) {
      await ask(thread, '/stop', turn ? { turn_id: turn } : {});
    },
    async regenerate(thread, one) {
      failed(
        thread,
        one,
        await ask(thread, `/messages/${one.message_id}/regenerate`, {
          when_busy: 'enqueue',
          model: chosenModel.get() ?? undefined,
        }),
      );
    },
    async edit(thread, one, text) {
      const body = { message: text, when_busy: 'enqueue', model: chosenModel.get() ?? undefined };
      const { messages } = threadOf(state.get(), thread);
      const old = new Set(messages.slice(messages.findIndex(other => other.key === one.key)).map(other => other.key));
      const problem = await ask(thread, `/messages/${one.message_id}/edit`, body);
      // The other version and what followed it are on another branch now.
      if (!problem) change_(thread, all => all.filter(other => !old.has(other.key)));
      return failed(thread, one, problem);
    },
    async branch(thread, id) {
      await ask(thread, '/branch', { message_id: id });
      reading.again(thread);
    },
    async rate(thread, one, rating, comment) {
      const id = one.message_id ?? '';
      change_(thread, all => change(all, withId(id), () => ({ rating })));
      const problem = await ask(thread, `/messages/${id}/feedback`, { rating, comment }, 'PUT');
      if (problem) change_(thread, all => change(all, withId(id), () => ({ rating: one.rating })));
    },
    async rename(thread, title) {
      const problem = await ask(thread, '', { title }, 'PATCH');
      if (problem?.status === 404) state.set(now => ({ ...now, rows: withoutRow(now.rows, thread) }));
      return problem;
    },
  };
}

/** The server's answer to a message; its events may have come before it. */
function accepted(state: State, id: string, turn: Accepted): State {
  const moved = claim(state, turn.thread_id, id);
  return withMessages(moved, turn.thread_id, all => {
    const asked = change(all, withClientId(id), () => ({
      message_id: turn.user_message_id,
      turn_id: turn.turn_id,
      status: 'complete',
      problem: null,
    }));
    const known = asked.some(one => one.role === 'assistant' && one.turn_id === turn.turn_id);
    if (known)
      return change(
        asked,
        one => one.role === 'assistant' && one.turn_id === turn.turn_id,
        () => ({ message_id: turn.message_id }),
      );
    const status = turn.status === 'queued' ? 'queued' : 'waiting';
    return place(asked, withId(turn.message_id), {}, () =>
      message({
        key: turn.message_id,
        role: 'assistant',
        message_id: turn.message_id,
        turn_id: turn.turn_id,
        status,
        position: turn.queue_position,
      }),
    );
  });
}
