import { type Action, isBusy, type NewMessage, newId, type Rating, threadOf } from 'runnel-client';
import { type Answer, answerTo, type Problem } from '../api/answer';
import { runnel } from '../api/runnel';
import { chosenModel } from '../composer/models';
import type { Store } from '../state/store';
import { removals } from './removals';
import type { Session } from './session';
import { DRAFT, type State } from './state';
import type { Message } from './types';
import { unsent } from './unsent';

export type Doings = Pick<
  Session,
  'send' | 'resend' | 'discard' | 'stop' | 'regenerate' | 'edit' | 'branch' | 'rate' | 'rename' | 'remove'
> & { finish(): void };

const problemOf = (answer: Answer<unknown>): Problem | null => (answer.ok ? null : answer.problem);

/** All that a person does with conversations. */
export function doings(state: Store<State>, apply: (action: Action) => void, account: string): Doings {
  const asked = unsent(account);
  const model = () => (chosenModel.get() ? { model: chosenModel.get() as string } : {});
  const turn = () => ({ when_busy: 'enqueue' as const, ...model() });
  const idOf = (message: Message) => message.message_id ?? '';

  const begin = (id: string, { thread_id, message }: NewMessage) =>
    apply({ type: 'message_sending', client_message_id: id, thread_id: thread_id ?? null, content: message });

  const fail = (id: string, { code, detail = '' }: Pick<Problem, 'code' | 'detail'>) =>
    apply({ type: 'message_failed', client_message_id: id, error: { code, error: detail } });

  for (const [id, message] of Object.entries(asked.all())) {
    begin(id, message);
    fail(id, { code: 'page_closed' });
  }

  async function post(id: string, message: NewMessage): Promise<string | null> {
    asked.put(id, message);
    begin(id, message);
    const answer = await answerTo(runnel.send(message));
    if (!answer.ok) {
      fail(id, answer.problem);
      return null;
    }
    asked.take(id);
    const { thread_id: became, user_message_id } = answer.data;
    apply({ type: 'message_sent', client_message_id: id, thread_id: became, user_message_id });
    return became;
  }

  const rated = (thread: string, message: Message, rating: Rating, comment: string | null = null) =>
    apply({
      type: 'conversation_updated',
      thread_id: thread,
      feedback: { message_id: idOf(message), rating, comment },
    });

  return {
    ...removals(state, apply),
    send(thread, text, whenBusy, human) {
      const id = newId();
      return post(id, {
        message: text,
        client_message_id: id,
        when_busy: whenBusy,
        ...(thread === DRAFT ? {} : { thread_id: thread }),
        ...(human === undefined ? {} : { digital_human_id: human }),
        ...model(),
      });
    },
    async resend({ client_message_id: id }) {
      const message = asked.all()[id ?? ''];
      return id && message ? post(id, { ...message, when_busy: 'enqueue' }) : null;
    },
    discard({ client_message_id: id }) {
      if (!id) return;
      asked.take(id);
      apply({ type: 'message_dismissed', client_message_id: id });
    },
    stop: async (thread, turnId) => problemOf(await answerTo(runnel.stop(thread, turnId ? { turn_id: turnId } : {}))),
    regenerate: async (thread, message) => problemOf(await answerTo(runnel.regenerate(thread, idOf(message), turn()))),
    async edit(thread, message, text) {
      const { runnel: now } = state.get();
      const ids = threadOf(now, thread).messages.map(one => one.message_id);
      const problem = problemOf(await answerTo(runnel.edit(thread, idOf(message), text, turn())));
      // The other version and what followed it are on another branch now, as a history will say a moment later.
      const withdrawn = isBusy(now, thread) ? [] : ids.slice(ids.indexOf(idOf(message)));
      if (!problem && withdrawn.length > 0) apply({ type: 'conversation_updated', thread_id: thread, withdrawn });
      return problem;
    },
    branch: async (thread, id) => problemOf(await answerTo(runnel.conversations.branch(thread, id))),
    async rate(thread, message, rating, comment) {
      rated(thread, message, rating, comment);
      const asking = runnel.conversations.feedback(thread, idOf(message), rating, comment);
      const problem = problemOf(await answerTo(asking));
      if (problem) rated(thread, message, message.rating);
      return problem;
    },
    async rename(thread, title) {
      const problem = problemOf(await answerTo(runnel.conversations.rename(thread, title)));
      if (problem?.status === 404) apply({ type: 'conversation_deleted', thread_id: thread });
      return problem;
    },
  };
}
