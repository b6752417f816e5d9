import type { EventOf } from '../events/event.ts';
import type { TrainingEvent } from '../events/training.ts';
import { nothing, type Round, type RoundStep } from './round.ts';

type Chunk = EventOf<'training_chunk'>;

/** What each event does to the round that it is about. */
export function changedBy(round: Round, event: TrainingEvent): Round {
  switch (event.type) {
    case 'training_queued':
      return { ...round, ...told(event), status: 'queued', position: event.position };
    case 'training_start':
      return { ...round, status: 'running', position: 0, steps: [], question: '', learned: nothing, error: null };
    case 'training_chunk':
      return ofKind(round, event);
    case 'training_complete': {
      const { message_id, question, learned, usage } = event;
      return { ...round, message_id, status: 'complete', question, learned: learned ?? round.learned, usage };
    }
    case 'training_error': {
      const { message_id, code, error: detail, retryable } = event;
      return {
        ...round,
        message_id,
        status: code === 'stopped' ? 'stopped' : 'failed',
        error: { code, detail, retryable },
      };
    }
    default:
      return round;
  }
}

/** What a person said, where the event says it. */
function told(event: EventOf<'training_queued'> | Chunk): Partial<Round> {
  const { content, message_id = null, client_message_id } = event;
  if (content === undefined) return {};
  return { content, message_id, ...(client_message_id ? { client_message_id } : {}) };
}

function ofKind(round: Round, event: Chunk): Round {
  switch (event.kind) {
    case 'user_message':
      return { ...round, ...told(event), status: 'running' };
    case 'node_start':
      return withStep(round, event, { state: 'running', said: event.message ?? '' });
    case 'thinking':
      return withStep(round, event, { said: event.content ?? '' });
    case 'node_complete': {
      const { skipped, duration_ms = null } = event;
      return withStep(round, event, { state: skipped ? 'skipped' : 'done', duration_ms });
    }
    case 'knowledge_extracted':
      return { ...round, learned: { nodes: event.nodes ?? [], edges: event.edges ?? [] } };
    case 'question_chunk':
      return { ...round, question: round.question + (event.content ?? '') };
    case 'question_reset':
      return { ...round, question: '' };
    default:
      return round;
  }
}

function withStep(round: Round, { step: name }: Chunk, change: Partial<RoundStep>): Round {
  if (!name) return round;
  const at = round.steps.findIndex(step => step.name === name);
  const known = round.steps[at];
  // A step that has ended does not run again; a thought of it that comes again is an old one.
  if (known && known.state !== 'running') return round;
  const step: RoundStep = { name, state: 'running', said: '', duration_ms: null, ...known, ...change };
  return { ...round, steps: at < 0 ? [...round.steps, step] : round.steps.with(at, step) };
}
