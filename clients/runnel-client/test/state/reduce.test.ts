import { describe, expect, test } from 'vitest';
import { isBusy, isRunning, type RunnelEvent, reduce, threadOf } from '../../src/index.ts';
import { essence, read, run, Story } from './turn.ts';

const long = new Story()
  .user('1', 'first')
  .start('1')
  .thinks('1', 'hm ')
  .thinks('1', 'so')
  .chunks('1', 'a', 'b')
  .reset('1')
  .start('1', 2)
  .chunks('1', 'x', 'y', 'z')
  .user('2', 'second')
  .queued('2', 1)
  .user('3', 'third')
  .queued('3', 2)
  .chunks('1', '!')
  .complete('1', 'xyz!')
  .queued('3', 1)
  .start('2')
  .chunks('2', 'half')
  .fails('2', 'half')
  .start('3')
  .complete('3', '', 'stopped')
  .updated({ withdrawn: ['u-2', 'a-2'] })
  .user('4', 'fourth')
  .start('4')
  .chunks('4', 'o', 'n')
  .updated({ feedback: { message_id: 'a-1', rating: 'up', comment: null } }).events;

describe('state', () => {
  test('follows a turn from question to end', () => {
    const story = new Story().user('1', 'river?').start('1').thinks('1', 'hm').chunks('1', 'Wa', 'ter');
    const running = run(story.events);
    expect(read(running)).toEqual(['> river?', '< Water']);
    expect(isRunning(running, 't')).toBe(true);
    expect(threadOf(running, 't').messages[1]).toMatchObject({ reasoning: 'hm', status: 'streaming', model: 'x' });

    const ended = run(story.complete('1', 'Water').events);
    expect(isBusy(ended, 't')).toBe(false);
    expect(threadOf(ended, 't').messages[1]).toMatchObject({ content: 'Water', status: 'complete', duration_ms: 1 });
  });

  test('forgets what was withdrawn by a new attempt', () => {
    const story = new Story().user('1').start('1').thinks('1', 'no').chunks('1', 'wrong').reset('1').start('1', 2);
    expect(threadOf(run(story.chunks('1', 'right').events), 't').messages[1]).toMatchObject({
      content: 'right',
      reasoning: '',
      attempt: 2,
    });
  });

  test('keeps what was shown of an answer that broke off, and why', () => {
    const story = new Story().user('1').start('1').chunks('1', 'half').fails('1', 'half', 'interrupted');
    const state = run(story.events);
    expect(threadOf(state, 't').messages[1]).toMatchObject({
      content: 'half',
      status: 'interrupted',
      error: { code: 'interrupted', retryable: true },
    });
    expect(isBusy(state, 't')).toBe(false);
  });

  test('shows messages that wait behind the answer that is written, in the order of the queue', () => {
    const story = new Story().user('1', 'a').start('1').user('2', 'b').queued('2', 1).user('3', 'c');
    const state = run(story.queued('3', 1).queued('2', 2).chunks('1', 'text').events);
    expect(read(state)).toEqual(['> a', '< text', '> c', '> b']);
    expect(threadOf(state, 't').queue.map(turn => turn.turn_id)).toEqual(['3', '2']);

    const next = run(story.complete('1', 'text').start('3').queued('2', 1).chunks('3', 'answer').events);
    expect(read(next)).toEqual(['> a', '< text', '> c', '< answer', '> b']);
    expect(threadOf(next, 't').running?.turn_id).toBe('3');
  });

  test('cuts off what is not on the new branch, and asks for the history', () => {
    const story = new Story().user('1', 'a').start('1').complete('1', 'old');
    const loaded = run([
      ...story.events,
      {
        type: 'history_loaded',
        thread_id: 't',
        page: { items: [], next_before: null, cursor: 'g.0' },
        since: 0,
      },
    ]);
    const state = run(
      story.updated({ active_message_id: 'u-1' }).start('2').chunks('2', 'new').events.slice(3),
      loaded,
    );
    expect(read(state)).toEqual(['> a', '< new']);
    expect(threadOf(state, 't').history).toBe('stale');
  });

  test('is the same when every event comes twice', () => {
    const once = run(long);
    expect(essence(run(long.flatMap(event => [event, event])))).toEqual(essence(once));
  });

  test('is the same when events come again from any earlier one', () => {
    const once = essence(run(long));
    for (let again = 0; again < long.length; again++) {
      expect(essence(run([...long, ...long.slice(again)])), `from ${again}`).toEqual(once);
    }
  });

  test('is the same when the stream is taken up again at any earlier cursor, with chunks merged', () => {
    const once = essence(run(long));
    for (let at = 0; at < long.length; at++) {
      for (let again = 1; again <= at; again++) {
        const replay = run([connected(`g.${again}`), ...merged(long.slice(again))], run(long.slice(0, at)));
        const { scope: _, ...essential } = essence(replay) as { scope?: string };
        expect(essential, `${at} back to ${again}`).toEqual(once);
      }
    }
  });

  test('leaves alone what it does not know', () => {
    const news = { type: 'news', thread_id: 't' } as unknown as RunnelEvent;
    expect(essence(run([...long, news]))).toEqual(essence(run(long)));
    expect(() => run([{ type: 'toString' } as unknown as RunnelEvent])).not.toThrow();
  });

  test('is never changed in place', () => {
    const freeze = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
      Object.freeze(value);
      Object.values(value).forEach(freeze);
    };
    let state = run([]);
    for (const event of long) {
      freeze(state);
      state = reduce(state, event);
    }
    expect(read(state).at(-1)).toBe('< on');
  });

  test('has nothing of a conversation that was deleted, whatever comes late', () => {
    const state = run([...long, { type: 'conversation_deleted', thread_id: 't', id: 'g.99' }, ...long.slice(-3)]);
    expect(state.threads).toEqual({});
    expect(state.rows).toEqual({});
  });
});

const connected = (cursor: string): RunnelEvent => ({
  type: 'connected',
  thread_id: 't',
  cursor,
  heartbeat_seconds: 15,
  running: [],
  queued: [],
  id: cursor,
});

/** As a server merges what waits for a reader. */
function merged(events: readonly RunnelEvent[]): RunnelEvent[] {
  const gathered: RunnelEvent[] = [];
  for (const event of events) {
    const last = gathered.at(-1);
    const isNext = event.type === 'ai_response_chunk' && last?.type === event.type;
    if (isNext && last.message_id === event.message_id) {
      gathered[gathered.length - 1] = { ...event, content: last.content + event.content };
    } else gathered.push(event);
  }
  return gathered;
}
