import type { EventOf } from '../events/event.ts';
import type { QueuedRound, RunningRound } from '../events/opening.ts';
import type { TrainingEvent } from '../events/training.ts';

/** Which rounds of training run, how far they are, and which wait. */
export class RoundReplay {
  readonly running = new Map<string, RunningRound>();
  readonly queued = new Map<string, QueuedRound>();

  apply(event: TrainingEvent): void {
    const { digital_human_id, round_id } = event;
    switch (event.type) {
      case 'training_queued':
        this.queued.set(round_id, { digital_human_id, round_id, position: event.position });
        break;
      case 'training_start':
        this.queued.delete(round_id);
        this.running.set(round_id, { digital_human_id, round_id, message_id: null, step: null, question: '' });
        break;
      case 'training_chunk':
        this.#progress(event);
        break;
      default:
        this.queued.delete(round_id);
        this.running.delete(round_id);
    }
  }

  #progress({ round_id, kind, step, message_id, content = '' }: EventOf<'training_chunk'>): void {
    const round = this.running.get(round_id);
    if (!round) return;
    const change = (to: Partial<RunningRound>) => this.running.set(round_id, { ...round, ...to });
    if (kind === 'user_message') change({ message_id: message_id ?? null });
    else if (kind === 'node_start') change({ step });
    else if (kind === 'question_chunk') change({ question: round.question + content });
    else if (kind === 'question_reset') change({ question: '' });
  }
}
