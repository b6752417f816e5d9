import { markOf, nothingApplied, withMark } from './applied.ts';
import type { MessageState } from './message.ts';

type Change = Pick<MessageState, 'content' | 'reasoning'>;

/** The message with an event applied to its text, once, however often it comes. */
export function applyText(message: MessageState, cursor: string | undefined, change: Partial<Change>): MessageState {
  const applied = message.applied ?? nothingApplied;
  if (cursor && markOf(applied, cursor)) return message;
  const next = { ...message, ...change };
  if (!cursor) return next;
  const mark = { content: next.content.length, reasoning: next.reasoning.length };
  return { ...next, applied: withMark(applied, cursor, mark) };
}

/**
 * The message as it was at a cursor, from which its events will come again. A cursor before its first event leaves the
 * text until it begins anew.
 */
export function rewindText(message: MessageState, cursor: string): MessageState {
  const mark = message.applied && markOf(message.applied, cursor);
  if (!mark) return { ...message, applied: nothingApplied };
  return {
    ...message,
    content: message.content.slice(0, mark.content),
    reasoning: message.reasoning.slice(0, mark.reasoning),
    applied: withMark(nothingApplied, cursor, mark),
  };
}
