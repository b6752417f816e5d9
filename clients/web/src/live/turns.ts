import { answerOf, change, endingAt, isUnsaved, type Messages, message, place, questionOf, withId } from './messages';
import type { Message } from './types';
import type { Happening, RunningTurn } from './wire';

/** What each event does to the messages of its conversation. */
type Effect = (all: Messages, event: Happening) => Messages;

const made = (event: Pick<Happening, 'turn_id' | 'message_id'>) => (): Message =>
  message({
    key: event.message_id ?? `turn ${event.turn_id}`,
    role: 'assistant',
    turn_id: event.turn_id,
    message_id: event.message_id ?? null,
    status: 'waiting',
  });

const answer = (all: Messages, event: Happening, to: Partial<Message>) =>
  place(
    all,
    answerOf(event.turn_id, event.message_id),
    { turn_id: event.turn_id, message_id: event.message_id, position: 0, ...to },
    made(event),
  );

const effects: Record<string, Effect> = {
  user_message: (all, event) =>
    place(
      all,
      questionOf(event.message_id, event.client_message_id),
      {
        message_id: event.message_id,
        turn_id: event.turn_id,
        content: event.content,
        status: 'complete',
        problem: null,
        created_at: event.created_at,
      },
      () => message({ key: event.message_id, role: 'user', siblings: [event.message_id] }),
    ),

  turn_queued: (all, event) =>
    place(
      all,
      answerOf(event.turn_id),
      { status: 'queued', position: event.position },
      made({ ...event, message_id: null as never }),
    ),

  ai_response_start: (all, event) =>
    answer(all, event, {
      status: 'waiting',
      content: '',
      reasoning: '',
      attempt: event.attempt,
      model: event.model,
      problem: null,
      finish_reason: null,
    }),

  ai_reasoning_chunk: (all, event) =>
    change(all, withId(event.message_id), one => ({ status: 'streaming', reasoning: one.reasoning + event.content })),

  ai_response_chunk: (all, event) =>
    change(all, withId(event.message_id), one => ({ status: 'streaming', content: one.content + event.content })),

  ai_response_reset: (all, event) =>
    change(all, withId(event.message_id), () => ({ status: 'waiting', content: '', reasoning: '' })),

  ai_response_complete: (all, event) =>
    answer(all, event, {
      status: event.finish_reason === 'stopped' ? 'stopped' : 'complete',
      content: event.final_content,
      finish_reason: event.finish_reason,
      usage: event.usage,
      model: event.model,
      duration_ms: event.duration_ms,
      first_token_ms: event.first_token_ms,
      knowledge_used: event.knowledge_used ?? [],
    }),

  conversation_error: (all, event) =>
    answer(all, event, {
      status: event.code === 'interrupted' ? 'interrupted' : 'failed',
      content: event.partial_content,
      problem: { code: event.code, detail: event.error },
      retryable: event.retryable,
    }),

  conversation_updated: (all, event) => {
    const { active_message_id, withdrawn, feedback } = event;
    let next = all;
    if (withdrawn) next = next.filter(one => isUnsaved(one) || !withdrawn.includes(one.message_id ?? ''));
    if (active_message_id) next = endingAt(next, active_message_id);
    return feedback ? change(next, withId(feedback.message_id), () => ({ rating: feedback.rating })) : next;
  },
};

export function afterEvent(all: Messages, event: Happening): Messages {
  return effects[event.type]?.(all, event) ?? all;
}

/** A turn that ran already when the stream was opened. */
export function withRunning(all: Messages, turn: RunningTurn): Messages {
  const { accumulated_content: content, reasoning, attempt, model, turn_id, message_id } = turn;
  const status = content || reasoning ? 'streaming' : 'waiting';
  return place(
    all,
    answerOf(turn_id, message_id),
    {
      content,
      reasoning,
      attempt,
      model,
      turn_id,
      message_id,
      status,
      position: 0,
      problem: null,
      finish_reason: null,
    },
    made(turn),
  );
}

/** The answers of turns that wait: known by their turn, or the ones that nobody writes yet, in order. */
export function withQueue(all: Messages, turns: readonly { turn_id: string; position: number }[]): Messages {
  let next = all;
  for (const { turn_id, position } of turns) {
    const known = next.some(answerOf(turn_id));
    const free = next.find(
      one => one.role === 'assistant' && one.status === 'streaming' && one.turn_id === null && !one.content,
    );
    const match = known || !free ? answerOf(turn_id) : (one: Message) => one === free;
    next = place(next, match, { status: 'queued', position, turn_id }, made({ turn_id, message_id: null as never }));
  }
  return next;
}
