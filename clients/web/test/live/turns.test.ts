import { describe, expect, it } from 'vitest';
import { message, withNewest } from '../../src/live/messages';
import { afterEvent, withQueue, withRunning } from '../../src/live/turns';
import { fromRow, type Happening, type HistoryRow } from '../../src/live/wire';

const turn = { thread_id: 't', turn_id: 'turn', message_id: 'a' };
const event = (type: string, more: object = {}) => ({ ...turn, type, ...more }) as unknown as Happening;
const run = (...events: Happening[]) => events.reduce(afterEvent, [] as readonly ReturnType<typeof message>[]);

const question = event('user_message', { message_id: 'q', content: 'hi', client_message_id: 'c' });
const start = event('ai_response_start', { attempt: 1, model: 'm' });
const chunk = (content: string) => event('ai_response_chunk', { content });
const end = event('ai_response_complete', { final_content: 'one two', finish_reason: 'stop' });

const row = (more: Partial<HistoryRow>): HistoryRow => ({
  message_id: 'a',
  parent_id: null,
  role: 'assistant',
  content: '',
  reasoning: '',
  status: 'complete',
  finish_reason: null,
  model: null,
  usage: null,
  siblings: [],
  knowledge_used: [],
  feedback: null,
  created_at: '',
  ...more,
});

describe('events', () => {
  it('make a question and its answer, piece by piece', () => {
    const all = run(question, start, chunk('one'), chunk(' two'));
    expect(all.map(one => [one.role, one.content, one.status])).toEqual([
      ['user', 'hi', 'complete'],
      ['assistant', 'one two', 'streaming'],
    ]);
  });

  it('end an answer with the text that the server kept', () => {
    expect(run(question, start, chunk('one'), end)[1]).toMatchObject({ content: 'one two', status: 'complete' });
  });

  it('change nothing when the end comes again', () => {
    const all = run(question, start, chunk('one'), end);
    expect(afterEvent(all, end)).toEqual(all);
  });

  it('withdraw what was shown', () => {
    const all = run(question, start, chunk('one'), event('ai_response_reset'), chunk('other'));
    expect(all[1]?.content).toBe('other');
  });

  it('keep the part of an answer that broke off, with its reason', () => {
    const all = run(
      question,
      start,
      event('conversation_error', { code: 'interrupted', partial_content: 'on', error: 'E' }),
    );
    expect(all[1]).toMatchObject({
      content: 'on',
      status: 'interrupted',
      problem: { code: 'interrupted', detail: 'E' },
    });
  });

  it('show a turn that waits behind its question, and begin it in its place', () => {
    const queued = run(question, event('turn_queued', { message_id: undefined, position: 2 }));
    expect(queued[1]).toMatchObject({ status: 'queued', position: 2, message_id: null });
    expect(afterEvent(queued, start)).toHaveLength(2);
    expect(afterEvent(queued, start)[1]).toMatchObject({ status: 'waiting', message_id: 'a' });
  });

  it('take a message of this page for the one that the server tells of', () => {
    const own = message({ key: 'c', role: 'user', client_message_id: 'c', content: 'hi', status: 'sending' });
    const all = afterEvent([own], question);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ key: 'c', message_id: 'q', status: 'complete' });
  });

  it('cut off what another branch replaces', () => {
    const all = run(question, start, end, event('conversation_updated', { active_message_id: 'q' }));
    expect(all.map(one => one.message_id)).toEqual(['q']);
  });
});

describe('history', () => {
  it('does not undo what the stream knows better', () => {
    const live = run(question, start, chunk('one two three'));
    const merged = withNewest(live, [fromRow(row({ content: 'one', status: 'streaming' }))], new Set());
    expect(merged.find(one => one.message_id === 'a')?.content).toBe('one two three');
  });

  it('ends what ended while nobody listened', () => {
    const live = run(question, start, chunk('one'));
    const merged = withNewest(live, [fromRow(row({ content: 'one two', status: 'complete' }))], new Set());
    expect(merged.find(one => one.message_id === 'a')).toMatchObject({ content: 'one two', status: 'complete' });
  });

  it('leaves an answer that waits behind its question', () => {
    const waits = withQueue([], [{ turn_id: 'later', position: 1 }]);
    const page = ['q1', 'a', 'q2'].map((id, index) =>
      fromRow(
        row({
          message_id: id,
          role: index === 1 ? 'assistant' : 'user',
          status: index === 1 ? 'streaming' : 'complete',
        }),
      ),
    );
    expect(withNewest(waits, page, new Set()).map(one => one.message_id ?? one.turn_id)).toEqual([
      'q1',
      'a',
      'q2',
      'later',
    ]);
  });

  it('keeps what is on its way to the server', () => {
    const own = message({ key: 'c', role: 'user', client_message_id: 'c', content: 'hi', status: 'sending' });
    expect(withNewest([own], [fromRow(row({}))], new Set()).map(one => one.key)).toEqual(['a', 'c']);
  });
});

describe('a stream that opens', () => {
  it('brings the text of a running answer', () => {
    const running = { ...turn, accumulated_content: 'one', reasoning: '', model: 'm', attempt: 1 };
    const known = [fromRow(row({ content: 'on', status: 'streaming' }))];
    expect(withRunning(known, running)).toMatchObject([{ content: 'one', status: 'streaming', turn_id: 'turn' }]);
  });

  it('says which answers wait', () => {
    const known = [fromRow(row({ status: 'streaming' }))];
    expect(withQueue(known, [{ turn_id: 'later', position: 1 }])).toMatchObject([
      { message_id: 'a', status: 'queued', position: 1, turn_id: 'later' },
    ]);
  });
});
