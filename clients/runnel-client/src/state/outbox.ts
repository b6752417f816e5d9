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
      return change(state, client_message_id, { status: 'sent', thread_id: action.thread_id });
    case 'message_failed':
      return change(state, client_message_id, { status: 'failed', error: action.error });
    case 'message_dismissed':
      return { ...state, outbox: without(state.outbox, client_message_id) };
  }
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
