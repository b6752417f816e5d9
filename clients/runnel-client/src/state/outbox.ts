import type { LocalAction } from './actions.ts';
import type { OutgoingMessage, RunnelState } from './state.ts';

type Outgoing = Extract<LocalAction, { readonly client_message_id: string }>;

/** Messages on their way. One that the stream has brought is not on its way any more. */
export function sent(state: RunnelState, action: Outgoing): RunnelState {
  const { client_message_id } = action;
  switch (action.type) {
    case 'message_sending': {
      const others = without(state.outbox, client_message_id);
      const { thread_id, content } = action;
      return { ...state, outbox: [...others, { client_message_id, thread_id, content, status: 'sending' }] };
    }
    case 'message_sent':
      return sentTo(state, action);
    case 'message_failed':
      return change(state, client_message_id, { status: 'failed', error: action.error });
    case 'message_dismissed':
      return { ...state, outbox: without(state.outbox, client_message_id) };
  }
}

/** It is on its way until an event or a history brings it. */
function sentTo(state: RunnelState, action: Extract<Outgoing, { type: 'message_sent' }>): RunnelState {
  const { client_message_id, thread_id, user_message_id: message_id } = action;
  const isHere = state.threads[thread_id]?.messages.some(message => message.message_id === message_id);
  if (isHere) return arrived(state, client_message_id);
  return change(state, client_message_id, { status: 'sent', thread_id, ...(message_id ? { message_id } : {}) });
}

/** What a history brings is not on its way any more. */
export function read(state: RunnelState, ids: ReadonlySet<string>): RunnelState {
  const outbox = state.outbox.filter(message => !ids.has(message.message_id ?? ''));
  return outbox.length === state.outbox.length ? state : { ...state, outbox };
}

export function arrived(state: RunnelState, clientMessageId: string | null): RunnelState {
  return state.outbox.some(message => message.client_message_id === clientMessageId)
    ? { ...state, outbox: without(state.outbox, clientMessageId) }
    : state;
}

const without = (outbox: readonly OutgoingMessage[], id: string | null): OutgoingMessage[] =>
  outbox.filter(message => message.client_message_id !== id);

const change = (state: RunnelState, id: string, to: Partial<OutgoingMessage>): RunnelState => ({
  ...state,
  outbox: state.outbox.map(message => (message.client_message_id === id ? { ...message, ...to } : message)),
});
