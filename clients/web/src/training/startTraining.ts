import { newId, type Round, type RunnelEvent, reduceRounds, roundOf, type TrainingAction } from 'runnel-client';
import { answerTo, type Problem } from '../api/answer';
import { runnel, streaming } from '../api/runnel';
import { followTraining } from '../live/stream';
import { create } from '../state/store';

export interface TrainingState {
  rounds: readonly Round[];
  loaded: boolean;
  /** Where the rounds before the oldest one begin; null: there are none. */
  before: string | null;
  problem: Problem | null;
  /** Counts what was learned or forgotten: then the graph is another one. */
  learnings: number;
}

const PAGE = 100;

export type Training = ReturnType<typeof startTraining>;

/** Follows the training of one digital human: its history, then its stream from there, without a hole. */
export function startTraining(human: number) {
  const state = create<TrainingState>({ rounds: [], loaded: false, before: null, problem: null, learnings: 0 });
  let cursor: string | null = null;
  let stream: ReturnType<typeof followTraining> | undefined;
  let over = false;

  async function load() {
    const answer = await answerTo(runnel.humans.trainingMessages(human, { limit: PAGE }));
    if (over) return;
    if (!answer.ok) return state.set(now => ({ ...now, problem: answer.problem }));
    cursor = answer.data.cursor;
    const read = answer.data.items.map(roundOf);
    const { next_before: before } = answer.data;
    state.set(now => {
      const known = new Set(read.map(one => one.client_message_id));
      const onTheirWay = now.rounds.filter(one => one.round_id === one.client_message_id && !known.has(one.round_id));
      const rounds = [...read, ...onTheirWay];
      return { ...now, rounds, before, loaded: true, problem: null, learnings: now.learnings + 1 };
    });
    stream?.end();
    stream = followTraining(human, {
      cursor: () => cursor,
      onEvent: receive,
      onConnection: () => {},
      onForgotten: () => void load(),
    });
  }

  const apply = (action: RunnelEvent | TrainingAction) =>
    state.set(now => ({ ...now, rounds: reduceRounds(now.rounds, action) }));

  function receive(event: RunnelEvent) {
    if (event.id) cursor = event.id;
    if (event.type === 'resync') return void load();
    const isLearned = event.type === 'training_chunk' && event.kind === 'knowledge_extracted';
    const learns = isLearned || event.type === 'training_complete' || event.type === 'training_message_deleted';
    apply(event);
    if (learns) state.set(now => ({ ...now, learnings: now.learnings + 1 }));
  }

  /** The answer to it is a stream; what is followed here already says the same, so nothing of it is read. */
  async function tell(message: string) {
    const id = newId();
    apply({ type: 'round_sending', client_message_id: id, content: message });
    const round = streaming.train({ digital_human_id: human, message, client_message_id: id, when_busy: 'enqueue' });
    const told = await answerTo(round[Symbol.asyncIterator]().next());
    round.close();
    if (!told.ok) apply({ type: 'round_failed', client_message_id: id, error: told.problem });
  }

  async function earlier() {
    const { before } = state.get();
    if (!before) return;
    const answer = await answerTo(runnel.humans.trainingMessages(human, { limit: PAGE, before }));
    if (over || !answer.ok) return;
    const { items, next_before } = answer.data;
    state.set(now => {
      const known = new Set(now.rounds.map(one => one.round_id));
      const rounds = [...items.filter(one => !known.has(one.round_id)).map(roundOf), ...now.rounds];
      return { ...now, rounds, before: next_before };
    });
  }

  void load();
  return {
    state,
    tell,
    again: load,
    earlier,
    stop: () => answerTo(runnel.humans.stopTraining(human)),
    forget: (messageId: string) => answerTo(runnel.humans.forgetMessage(human, messageId)),
    end() {
      over = true;
      stream?.end();
    },
  };
}
