import { describe, expect, it } from 'vitest';
import { type Round, type RunnelEvent, reduceRounds, roundOf } from '../../src/index.ts';

let number = 0;
const event = (type: string, more: object = {}) =>
  ({ type, id: `g.${++number}`, digital_human_id: 1, round_id: 'r', ...more }) as unknown as RunnelEvent;
const chunk = (kind: string, more: object = {}) => event('training_chunk', { kind, ...more });
const run = (first: readonly Round[], ...events: RunnelEvent[]) => events.reduce(reduceRounds, first);

const times = { created_at: '2026-01-01T00:00:00.000Z', ended_at: null };
const opening = (type: 'connected' | 'resync', cursor: string, running: object[] = [], queued: object[] = []) =>
  ({ type, thread_id: null, digital_human_id: 1, cursor, running, queued, id: cursor }) as unknown as RunnelEvent;

/** As a server merges what waits for a reader. */
const merged = (events: readonly RunnelEvent[]): RunnelEvent[] => {
  const all: RunnelEvent[] = [];
  for (const next of events) {
    const last = all.at(-1) as { kind?: string; content?: string } | undefined;
    const { kind, content } = next as { kind?: string; content?: string };
    const isMore = kind === 'question_chunk' && last?.kind === kind;
    if (isMore) all[all.length - 1] = { ...next, content: `${last.content}${content}` } as RunnelEvent;
    else all.push(next);
  }
  return all;
};

const start = event('training_start');
const said = chunk('user_message', { content: 'I like hiking.', message_id: 'm', client_message_id: 'c' });
const whole = [
  start,
  said,
  chunk('node_start', { step: 'intent_recognition', message: 'Reading' }),
  chunk('node_complete', { step: 'intent_recognition', duration_ms: 5 }),
  chunk('knowledge_extracted', { nodes: [{ id: 'n', name: 'hiking', type: 'hobby' }], edges: [] }),
  chunk('node_complete', { step: 'context_analysis', skipped: true }),
  chunk('question_chunk', { step: 'question_generation', content: 'Wh' }),
  chunk('question_reset', { step: 'question_generation' }),
  chunk('question_chunk', { step: 'question_generation', content: 'Whe' }),
  chunk('question_chunk', { step: 'question_generation', content: 're?' }),
  event('training_complete', { message_id: 'm', question: 'Where?', learned: null }),
];

describe('a round', () => {
  it('is the one that this page has sent, whatever its start says first', () => {
    const sent = reduceRounds([], { type: 'round_sending', client_message_id: 'c', content: 'I like hiking.' });
    const rounds = run(sent, start, said);
    expect(rounds).toHaveLength(1);
    expect(rounds[0]).toMatchObject({ round_id: 'r', message_id: 'm', client_message_id: 'c', status: 'running' });
  });

  it('shows its steps as they run, what was learned, and a question that is withdrawn anew', () => {
    const [round] = run([], ...whole.slice(0, -1));
    expect(round?.steps.map(step => step.state)).toEqual(['done', 'skipped']);
    expect(round?.learned.nodes).toMatchObject([{ name: 'hiking' }]);
    expect(round?.question).toBe('Where?');
  });

  it('is the same when the stream is taken up again at any earlier cursor', () => {
    for (let cut = 1; cut <= whole.length; cut++) {
      for (let from = 0; from < cut; from++) {
        const rounds = run([], ...whole.slice(0, cut), ...whole.slice(from));
        expect(rounds, `${cut} from ${from}`).toEqual(run([], ...whole));
      }
    }
  });

  it('shows nothing twice when the stream goes on from an earlier place with chunks merged', () => {
    const round = whole.slice(0, -1);
    for (let cut = 1; cut <= round.length; cut++) {
      for (let from = 1; from <= cut; from++) {
        const again = [opening('connected', round[from - 1]?.id ?? ''), ...merged(round.slice(from))];
        const [shown] = run([], ...round.slice(0, cut), ...again);
        expect(shown, `${cut} from ${from}`).toMatchObject({ question: 'Where?', learned: { nodes: [{ id: 'n' }] } });
        expect(shown?.steps.map(step => step.state)).toEqual(['done', 'skipped']);
      }
    }
  });

  it('does not begin anew when its beginning comes again alone', () => {
    const once = run([], ...whole.slice(0, -1));
    for (const again of whole.slice(0, -1)) expect(run(once, again)).toEqual(once);
  });

  it('goes on from what a stream says at its beginning', () => {
    const says = { digital_human_id: 1, round_id: 'r', message_id: 'm', step: 'question_generation', question: 'Wh' };
    const waits = { digital_human_id: 1, round_id: 's', position: 1 };
    const rounds = run([], opening('connected', 'g.50', [says], [waits]), chunk('question_chunk', { content: 'y?' }));
    expect(rounds).toMatchObject([
      {
        round_id: 'r',
        status: 'running',
        question: 'Why?',
        steps: [{ name: 'question_generation', state: 'running' }],
      },
      { round_id: 's', status: 'queued', position: 1 },
    ]);
  });

  it('that a history has ended gets from its events what only they say', () => {
    const item = { message_id: 'm', round_id: 'r', client_message_id: 'c', content: 'x', ...times };
    const ended = roundOf({ ...item, status: 'complete', question: 'Where?', learned: null, error_code: null });
    const usage = { model_calls: 2, input_tokens: 1, output_tokens: 1, estimated: false, steps: [] };
    const events = [...whole.slice(0, -1), event('training_complete', { message_id: 'm', question: 'Where?', usage })];
    expect(run([ended], ...events, ...events)).toMatchObject([{ status: 'complete', usage, steps: [] }]);
  });

  it('joins its history, which tells nothing of one that runs', () => {
    const item = { message_id: 'm', round_id: 'r', client_message_id: 'c', content: 'I like hiking.', ...times };
    const running = roundOf({ ...item, status: 'running', question: 'W', learned: null, error_code: null });
    expect(running.question).toBe('');
    expect(run([running], ...whole)).toMatchObject([{ status: 'complete', question: 'Where?' }]);
  });

  it('waits in its place, and leaves with its message', () => {
    const queued = run([], event('training_queued', { position: 2, content: 'x', message_id: 'm' }));
    expect(queued).toMatchObject([{ status: 'queued', position: 2, content: 'x' }]);
    expect(run(queued, event('training_message_deleted'))).toEqual([]);
  });

  it('that ends badly says why, and stopped is not failed', () => {
    const failed = run([], start, event('training_error', { message_id: 'm', code: 'upstream_timeout', error: 'E' }));
    expect(failed).toMatchObject([{ status: 'failed', error: { code: 'upstream_timeout', detail: 'E' } }]);
    const stopped = run([], start, event('training_error', { message_id: 'm', code: 'stopped', error: 'E' }));
    expect(stopped).toMatchObject([{ status: 'stopped' }]);
  });

  it('that the server does not take stays, with its reason', () => {
    const sent = reduceRounds([], { type: 'round_sending', client_message_id: 'c', content: 'x' });
    const error = { code: 'training_running' };
    expect(reduceRounds(sent, { type: 'round_failed', client_message_id: 'c', error })).toMatchObject([
      { status: 'failed', content: 'x', error },
    ]);
  });
});
