import { newId, type Page } from 'runnel-client';
import { answerTo, type Problem } from '../api/answer';
import { runnel, streaming } from '../api/runnel';
import { followTraining } from '../live/stream';
import { create } from '../state/store';
import { afterEvent, fromRow, type Round, sending, type TrainingEvent, type TrainingRow } from './round';

export interface TrainingState {
  rounds: readonly Round[];
  loaded: boolean;
  problem: Problem | null;
  /** Counts what was learned or forgotten: then the graph is another one. */
  learnings: number;
}

type History = Page<TrainingRow> & { readonly cursor: string };

export type Training = ReturnType<typeof startTraining>;

/** Follows the training of one digital human: its history, then its stream from there, without a hole. */
export function startTraining(human: number) {
  const state = create<TrainingState>({ rounds: [], loaded: false, problem: null, learnings: 0 });
  let cursor: string | null = null;
  let stream: ReturnType<typeof followTraining> | undefined;
  let over = false;

  async function load() {
    const answer = await answerTo(
      runnel.humans.trainingMessages<TrainingRow>(human, { limit: 100 }) as Promise<History>,
    );
    if (over) return;
    if (!answer.ok) return state.set(now => ({ ...now, problem: answer.problem }));
    cursor = answer.data.cursor;
    const rounds = answer.data.items.map(fromRow);
    state.set(now => ({ ...now, rounds, loaded: true, problem: null, learnings: now.learnings + 1 }));
    stream?.end();
    stream = followTraining(human, {
      cursor: () => cursor,
      onEvent: event => receive(event as unknown as TrainingEvent & { id?: string }),
      onConnection: () => {},
      onForgotten: () => void load(),
    });
  }

  function receive(event: TrainingEvent & { id?: string }) {
    if (event.id) cursor = event.id;
    if (event.type === 'resync') return void load();
    const learns = event.kind === 'knowledge_extracted' || /complete|deleted/.test(event.type);
    state.set(now => ({
      ...now,
      rounds: afterEvent(now.rounds, event),
      learnings: now.learnings + (learns ? 1 : 0),
    }));
  }

  /** The answer to it is a stream; what is followed here already says the same, so nothing of it is read. */
  async function tell(message: string) {
    const id = newId();
    state.set(now => ({ ...now, rounds: [...now.rounds, sending(id, message)] }));
    const fail = (error: Round['error']) =>
      state.set(now => ({
        ...now,
        rounds: now.rounds.map(one => (one.client_message_id === id ? { ...one, status: 'failed', error } : one)),
      }));
    const round = streaming.train({ digital_human_id: human, message, client_message_id: id, when_busy: 'enqueue' });
    const told = await answerTo(round[Symbol.asyncIterator]().next());
    round.close();
    if (!told.ok) fail(told.problem);
  }

  void load();
  return {
    state,
    tell,
    again: load,
    stop: () => answerTo(runnel.humans.stopTraining(human)),
    forget: (messageId: string) => answerTo(runnel.humans.forgetMessage(human, messageId)),
    end() {
      over = true;
      stream?.end();
    },
  };
}
