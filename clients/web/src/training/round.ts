/** Rounds of training, made of history and of events. All of it pure. */
export interface LearnedNode {
  id: string;
  name: string;
  type: string;
  description?: string | null;
  is_new?: boolean;
}

export interface LearnedEdge {
  id: string;
  source_name: string;
  target_name: string;
  type: string;
  is_new?: boolean;
}

export interface Learned {
  nodes?: readonly LearnedNode[];
  edges?: readonly LearnedEdge[];
}

export interface Step {
  name: string;
  state: 'running' | 'done' | 'skipped';
  /** A line for people. */
  said: string;
  duration_ms: number | null;
}

export type RoundStatus = 'sending' | 'queued' | 'running' | 'complete' | 'stopped' | 'failed';

export interface Round {
  round_id: string;
  message_id: string | null;
  client_message_id: string | null;
  content: string;
  status: RoundStatus;
  position: number;
  steps: readonly Step[];
  question: string;
  learned: Learned;
  error: { code: string; detail?: string } | null;
}

export interface TrainingRow {
  message_id: string;
  round_id: string;
  client_message_id: string | null;
  content: string;
  status: RoundStatus;
  question: string | null;
  learned: Learned | null;
  error_code: string | null;
}

export interface TrainingEvent {
  type: string;
  digital_human_id: number;
  round_id: string;
  message_id?: string;
  client_message_id?: string | null;
  content?: string;
  kind?: string;
  step?: string | null;
  message?: string;
  duration_ms?: number;
  skipped?: boolean;
  nodes?: LearnedNode[];
  edges?: LearnedEdge[];
  question?: string;
  learned?: Learned;
  position?: number;
  error?: string;
  code?: string;
}

const blank = (round_id: string): Round => ({
  round_id,
  message_id: null,
  client_message_id: null,
  content: '',
  status: 'running',
  position: 0,
  steps: [],
  question: '',
  learned: {},
  error: null,
});

export const sending = (id: string, content: string): Round => ({
  ...blank(id),
  client_message_id: id,
  content,
  status: 'sending',
});

export const fromRow = (row: TrainingRow): Round => ({
  ...blank(row.round_id),
  message_id: row.message_id,
  client_message_id: row.client_message_id,
  content: row.content,
  status: row.status,
  // A round that goes on is repeated by the stream from its beginning.
  question: row.status === 'running' ? '' : (row.question ?? ''),
  learned: row.status === 'running' ? {} : (row.learned ?? {}),
  error: row.error_code ? { code: row.error_code } : null,
});

export function afterEvent(rounds: readonly Round[], event: TrainingEvent): readonly Round[] {
  if (!event.round_id) return rounds;
  if (event.type === 'training_message_deleted') return rounds.filter(one => one.round_id !== event.round_id);
  // The start of a round names its message not yet; the message says whose it is.
  const known = rounds.find(one => one.round_id === event.round_id);
  const sent = rounds.find(one => !!event.client_message_id && one.client_message_id === event.client_message_id);
  const changed = changedBy({ ...(known ?? blank(event.round_id)), ...claimed(sent) }, event);
  const rest = sent && known && sent !== known ? rounds.filter(one => one !== known) : rounds;
  const index = rest.findIndex(one => one === (sent ?? known));
  return index < 0 ? [...rest, changed] : rest.with(index, changed);
}

const claimed = (sent: Round | undefined): Partial<Round> =>
  sent ? { client_message_id: sent.client_message_id, content: sent.content } : {};

function changedBy(before: Round, event: TrainingEvent): Round {
  const round = { ...before, round_id: event.round_id };
  switch (event.type) {
    case 'training_queued':
      return { ...round, ...told(event), status: 'queued', position: event.position ?? 0 };
    case 'training_start':
      return { ...round, status: 'running', steps: [], question: '', learned: {}, error: null };
    case 'training_chunk':
      return ofKind(round, event);
    case 'training_complete':
      return { ...round, status: 'complete', question: event.question ?? '', learned: event.learned ?? round.learned };
    case 'training_error':
      return {
        ...round,
        status: event.code === 'stopped' ? 'stopped' : 'failed',
        error: { code: event.code ?? 'unknown', ...(event.error ? { detail: event.error } : {}) },
      };
    default:
      return round;
  }
}

const told = (event: TrainingEvent): Partial<Round> =>
  event.content === undefined ? {} : { content: event.content, message_id: event.message_id ?? null };

function ofKind(round: Round, event: TrainingEvent): Round {
  const name = event.step ?? '';
  switch (event.kind) {
    case 'user_message':
      return { ...round, ...told(event), status: 'running' };
    case 'node_start':
      return withStep(round, name, { state: 'running', said: event.message ?? '' });
    case 'thinking':
      return withStep(round, name, { said: event.content ?? '' });
    case 'node_complete':
      return withStep(round, name, {
        state: event.skipped ? 'skipped' : 'done',
        duration_ms: event.duration_ms ?? null,
      });
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

function withStep(round: Round, name: string, change: Partial<Step>): Round {
  if (!name) return round;
  const index = round.steps.findIndex(step => step.name === name);
  const step = { name, state: 'running' as const, said: '', duration_ms: null, ...round.steps[index], ...change };
  return { ...round, steps: index < 0 ? [...round.steps, step] : round.steps.with(index, step) };
}
