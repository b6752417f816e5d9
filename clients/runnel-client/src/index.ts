export type { Account, ApiKey, Session, User } from './api/account.ts';
export { type Model, RunnelClient, type Training } from './api/client.ts';
export type { Conversations, NewConversation } from './api/conversations.ts';
export type {
  DigitalHuman,
  DigitalHumans,
  FactSource,
  KnowledgeEdge,
  KnowledgeGraph,
  KnowledgeNode,
  NewDigitalHuman,
  RoundPage,
  RoundStop,
  SupersededValue,
} from './api/humans.ts';
export { newId } from './api/new-id.ts';
export type { Page, PageOptions } from './api/path.ts';
export type { NewMessage, StopAnswer, TurnOptions, TurnReceipt, WhenBusy } from './api/turns.ts';
export * from './events/conversation.ts';
export * from './events/event.ts';
export * from './events/learned.ts';
export * from './events/opening.ts';
export * from './events/training.ts';
export { BearerKey, BearerTokens, type Credentials, type Tokens } from './http/credentials.ts';
export { type Problem, ProblemError, UnreachableError } from './http/problem.ts';
export { Transport, type TransportOptions } from './http/transport.ts';
export * from './state/index.ts';
export type { Loss, StreamEnd, StreamStatus } from './stream/end.ts';
export { EventStream, type FollowOptions, type Listener } from './stream/event-stream.ts';
export type { Tuning } from './stream/tuning.ts';
export * from './training/index.ts';
