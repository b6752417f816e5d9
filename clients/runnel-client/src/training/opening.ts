import type { EventOf } from '../events/event.ts';
import type { QueuedRound, RunningRound } from '../events/opening.ts';
import { markOf, nothingApplied, withMark } from '../state/applied.ts';
import { isOver, newRound, type Round } from './round.ts';

/**
 * A connection has begun. Where the stream says what runs, that is so; what it does not say will come again, or is in the
 * history.
 */
export function opened(rounds: readonly Round[], event: EventOf<'connected' | 'resync'>): readonly Round[] {
  if (event.digital_human_id === undefined) return rounds;
  let next = rounds.map(round => rewound(round, event.cursor));
  for (const round of event.running) {
    if ('round_id' in round) next = withRound(next, round.round_id, known => running(known, round, event.cursor));
  }
  for (const round of event.queued ?? []) {
    if ('round_id' in round) next = withRound(next, round.round_id, known => queued(known, round));
  }
  return next;
}

/** The round as it was at a cursor, from which its events will come again. */
function rewound(round: Round, cursor: string): Round {
  const { applied, ...rest } = round;
  if (!applied) return round;
  const mark = markOf(applied, cursor);
  if (!mark) return rest;
  return { ...rest, question: round.question.slice(0, mark.content), applied: withMark(nothingApplied, cursor, mark) };
}

function running(known: Round, { message_id, step: name, question }: RunningRound, cursor: string): Round {
  const steps = name && !known.steps.some(step => step.name === name) ? [begun(name)] : [];
  return {
    ...known,
    message_id: message_id ?? known.message_id,
    status: 'running',
    position: 0,
    steps: [...known.steps, ...steps],
    question,
    applied: withMark(nothingApplied, cursor, { content: question.length, reasoning: 0 }),
  };
}

const begun = (name: string) => ({ name, state: 'running', said: '', duration_ms: null }) as const;

const queued = (known: Round, { position }: QueuedRound): Round => ({ ...known, status: 'queued', position });

/** What a history says to be over, is over. */
function withRound(rounds: readonly Round[], id: string, change: (known: Round) => Round): Round[] {
  const at = rounds.findIndex(round => round.round_id === id);
  const known = rounds[at];
  if (!known) return [...rounds, change(newRound(id))];
  return isOver(known) ? [...rounds] : rounds.with(at, change(known));
}
