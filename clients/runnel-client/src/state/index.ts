export type { Action, ConversationPage, LocalAction, MessagePage } from './actions.ts';
export type { MessageItem, MessageState, MessageStatus, TurnError } from './message.ts';
export { reduce } from './reduce.ts';
export { conversationList, isBusy, isRunning, outgoing } from './select.ts';
export {
  type ConversationItem,
  initialState,
  type OutgoingMessage,
  type RunnelState,
  type ThreadState,
  type TurnState,
  threadOf,
} from './state.ts';
