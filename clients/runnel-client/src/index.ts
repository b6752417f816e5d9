export * from './events/conversation.ts';
export * from './events/event.ts';
export * from './events/opening.ts';
export * from './events/training.ts';
