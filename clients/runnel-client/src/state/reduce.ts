import type { ConversationEvent } from '../events/conversation.ts';
import type { RunnelEvent } from '../events/event.ts';
import type { Action, LocalAction } from './actions.ts';
import { deleted, updated } from './conversations.ts';
import { conversationsLoaded, historyLoaded } from './history.ts';
import { opened } from './opening.ts';
import { arrived, sent } from './outbox.ts';
import { type RunnelState, threadOf } from './state.ts';
import { turnHandlers } from './turns.ts';

/**
 * The next state: a pure function. Events may come again, one by one or all from any earlier cursor, and change nothing
 * that they changed before. Feed it the events of one stream: of all conversations, or of one. Those of training, which
 * `reduceRounds` takes, have cursors of their own and change nothing here.
 */
export function reduce(state: RunnelState, action: Action): RunnelState {
  if (isOfTraining(action)) return state;
  const next = { ...state, tick: state.tick + 1 };
  switch (action.type) {
    case 'connected':
    case 'resync':
      return opened(next, action, next.tick);
    case 'history_loaded':
    case 'conversations_loaded':
    case 'conversation_changed':
    case 'message_sending':
    case 'message_sent':
    case 'message_failed':
    case 'message_dismissed':
      return local(next, action);
    default:
      return at(heard(next, action), action.id);
  }
}

function isOfTraining(action: Action): boolean {
  if (action.type === 'connected' || action.type === 'resync') return action.digital_human_id !== undefined;
  return action.type.startsWith('training_');
}

const at = (state: RunnelState, cursor: string | undefined): RunnelState => (cursor ? { ...state, cursor } : state);

function local(state: RunnelState, action: LocalAction): RunnelState {
  switch (action.type) {
    case 'history_loaded':
      return historyLoaded(state, action);
    case 'conversations_loaded':
      return conversationsLoaded(state, action.page, action.older);
    case 'conversation_changed':
      return { ...state, rows: { ...state.rows, [action.item.thread_id]: action.item } };
    default:
      return sent(state, action);
  }
}

function heard(state: RunnelState, event: RunnelEvent): RunnelState {
  if ('thread_id' in event && event.thread_id && state.deleted.includes(event.thread_id)) return state;
  switch (event.type) {
    case 'conversation_updated':
      return updated(state, event, state.tick);
    case 'conversation_deleted':
      return deleted(state, event);
    default:
      return isOfTurn(event) ? turned(state, event) : state;
  }
}

type OfTurn = Extract<ConversationEvent, { readonly turn_id: string }> & { readonly id?: string };

const isOfTurn = (event: RunnelEvent): event is OfTurn => Object.hasOwn(turnHandlers, event.type);

function turned(state: RunnelState, event: OfTurn): RunnelState {
  const { settled } = threadOf(state, event.thread_id);
  if (settled.includes(event.turn_id) || ('message_id' in event && settled.includes(event.message_id))) return state;
  const handler = turnHandlers[event.type] as (thread: unknown, event: OfTurn, tick: number) => never;
  const thread = handler(threadOf(state, event.thread_id), event, state.tick);
  const threads = { ...state.threads, [event.thread_id]: thread };
  const next = { ...state, threads };
  return event.type === 'user_message' ? arrived(withRow(next, event), event.client_message_id) : next;
}

/** A conversation that another window began is in the list at once; its title follows. */
function withRow(state: RunnelState, event: Extract<OfTurn, { type: 'user_message' }>): RunnelState {
  const { thread_id, content, created_at } = event;
  const row = state.rows[thread_id];
  if (row) {
    const isNewer = created_at > row.updated_at;
    return isNewer ? { ...state, rows: { ...state.rows, [thread_id]: { ...row, updated_at: created_at } } } : state;
  }
  const title = content.trim().split('\n', 1)[0]?.slice(0, 200) ?? '';
  const made = { thread_id, title, digital_human_id: null, created_at, updated_at: created_at, running: true };
  return { ...state, rows: { ...state.rows, [thread_id]: made } };
}
