import type { RunnelEvent } from '../events/event.ts';
import type { TrainingEvent } from '../events/training.ts';
import { type Applied, markOf, nothingApplied, withMark } from '../state/applied.ts';
import { changedBy } from './changes.ts';
import { opened } from './opening.ts';
import { isOver, newRound, type Round } from './round.ts';

/** What happens beside events: what the person at the page says, and what the server refuses. */
export type TrainingAction =
  | { readonly type: 'round_sending'; readonly client_message_id: string; readonly content: string }
  | { readonly type: 'round_failed'; readonly client_message_id: string; readonly error: NonNullable<Round['error']> };

type OfOneRound = Exclude<TrainingEvent, { readonly type: 'training_message_deleted' }> & { readonly id?: string };

/**
 * The rounds of one digital human after an event: a pure function. Events may come again, from any earlier cursor, and
 * change nothing that they changed before. Begin with the history, `roundOf` each, and follow from its cursor.
 */
export function reduceRounds(rounds: readonly Round[], action: RunnelEvent | TrainingAction): readonly Round[] {
  switch (action.type) {
    case 'round_sending':
      return [...without(rounds, action.client_message_id), sending(action.client_message_id, action.content)];
    case 'round_failed':
      return rounds.map(round =>
        isOnItsWay(round, action.client_message_id) ? { ...round, status: 'failed', error: action.error } : round,
      );
    case 'connected':
    case 'resync':
      return opened(rounds, action);
    case 'training_message_deleted':
      return rounds.filter(round => round.round_id !== action.round_id);
    default:
      return isOfRound(action) ? heard(rounds, action) : rounds;
  }
}

const isOfRound = (event: RunnelEvent): event is OfOneRound => 'round_id' in event && !!event.round_id;

const sending = (id: string, content: string): Round => ({
  ...newRound(id),
  client_message_id: id,
  content,
  status: 'sending',
});

/** It has no round of the server's yet. */
const isOnItsWay = (round: Round, id: string): boolean => round.client_message_id === id && round.round_id === id;

const without = (rounds: readonly Round[], id: string) => rounds.filter(round => !isOnItsWay(round, id));

function heard(rounds: readonly Round[], event: OfOneRound): readonly Round[] {
  // The start of a round names its message not yet; the message says whose it is.
  const known = rounds.find(round => round.round_id === event.round_id);
  if (known && !isNews(known, event)) return rounds;
  const clientId = 'client_message_id' in event ? event.client_message_id : undefined;
  const sent = clientId ? rounds.find(round => isOnItsWay(round, clientId)) : undefined;
  const own = sent ? { client_message_id: sent.client_message_id, content: sent.content } : {};
  const { applied, ...round } = changedBy({ ...(known ?? newRound(event.round_id)), ...own }, event);
  const changed = isOver(round) ? round : { ...round, ...withEvent(applied, event, round.question) };
  const rest = sent && known ? rounds.filter(round => round !== known) : rounds;
  const at = rest.findIndex(round => round === (sent ?? known));
  return at < 0 ? [...rest, changed] : rest.with(at, changed);
}

/** Not where it came before; of a round that is over, only what its history did not say. */
function isNews(round: Round, event: OfOneRound): boolean {
  if (!isOver(round)) return !(event.id && round.applied && markOf(round.applied, event.id));
  const isEnd = event.type === 'training_complete' || event.type === 'training_error';
  return isEnd && !round.usage && round.error?.retryable === undefined;
}

function withEvent(applied: Applied | undefined, { id }: OfOneRound, question: string): { applied?: Applied } {
  const before = applied ?? nothingApplied;
  return id
    ? { applied: withMark(before, id, { content: question.length, reasoning: 0 }) }
    : applied
      ? { applied }
      : {};
}
