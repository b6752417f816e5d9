import type { EventOf, RunnelEvent } from '../events/event.ts';
import { markOf, nothingApplied, withMark } from '../state/applied.ts';
import type { Learned, LearnedEdge, LearnedNode, Round, RoundStep } from './round.ts';

type Chunk = EventOf<'training_chunk'>;

/** What each event does to the round that it is about. */
export function changedBy(round: Round, event: RunnelEvent): Round {
  switch (event.type) {
    case 'training_queued':
      return { ...round, ...told(event), status: 'queued', position: event.position };
    case 'training_start': {
      const { applied: _, ...rest } = round;
      return { ...rest, status: 'running', position: 0, steps: [], question: '', learned: {}, error: null };
    }
    case 'training_chunk':
      return ofKind(round, event);
    case 'training_complete': {
      const { applied: _, ...rest } = round;
      const learned = (event.learned as Learned | null) ?? round.learned;
      return { ...rest, message_id: event.message_id, status: 'complete', question: event.question, learned };
    }
    case 'training_error': {
      const status = event.code === 'stopped' ? 'stopped' : 'failed';
      return { ...round, message_id: event.message_id, status, error: { code: event.code, detail: event.error } };
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
    case 'node_complete':
      return withStep(round, event, {
        state: event.skipped ? 'skipped' : 'done',
        duration_ms: event.duration_ms ?? null,
      });
    case 'knowledge_extracted':
      return {
        ...round,
        learned: {
          nodes: (event.nodes as readonly LearnedNode[] | undefined) ?? [],
          edges: (event.edges as readonly LearnedEdge[] | undefined) ?? [],
        },
      };
    case 'question_chunk':
      return asking(round, event, round.question + (event.content ?? ''));
    case 'question_reset':
      return asking(round, event, '');
    default:
      return round;
  }
}

/** The question so far, with each event in it once. */
function asking(round: Round, { id }: Chunk, question: string): Round {
  const applied = round.applied ?? nothingApplied;
  if (id && markOf(applied, id)) return round;
  if (!id) return { ...round, question };
  return { ...round, question, applied: withMark(applied, id, { content: question.length, reasoning: 0 }) };
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
