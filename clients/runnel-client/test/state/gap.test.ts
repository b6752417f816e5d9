import { describe, expect, test } from 'vitest';
import { type Action, isRunning, type MessageItem, type RunnelEvent, threadOf } from '../../src/index.ts';
import { read, run, Story } from './turn.ts';

const resync = (cursor: string): RunnelEvent => ({
  type: 'resync',
  reason: 'retention',
  thread_id: 't',
  cursor,
  heartbeat_seconds: 15,
  running: [],
  queued: [],
  id: cursor,
});

const message = (message_id: string, role: MessageItem['role'], content: string): MessageItem => ({
  message_id,
  parent_id: null,
  role,
  content,
  reasoning: '',
  status: 'complete',
  finish_reason: role === 'user' ? null : 'stop',
  model: null,
  usage: null,
  siblings: [message_id],
  knowledge_used: [],
  feedback: null,
  created_at: '2026-01-01T00:00:00.000Z',
});

const page = (...items: MessageItem[]): Action => ({
  type: 'history_loaded',
  thread_id: 't',
  page: { items, next_before: null, cursor: 'g.90' },
  since: 99,
});

describe('after a gap', () => {
  test('an answer that ended in it is the one of the history', () => {
    const story = new Story().user('1', 'river?').start('1').chunks('1', 'Wa');
    const state = run([
      ...story.events,
      resync('g.90'),
      page(message('u-1', 'user', 'river?'), message('a-1', 'assistant', 'Water.')),
    ]);

    expect(read(state)).toEqual(['> river?', '< Water.']);
    expect(threadOf(state, 't').messages[1]?.status).toBe('complete');
    expect(isRunning(state, 't')).toBe(false);
  });

  test('what was withdrawn in it is gone', () => {
    const story = new Story().user('1', 'wrong').start('1').chunks('1', 'So');
    const state = run([...story.events, resync('g.90'), page(message('u-2', 'user', 'right'))]);

    expect(read(state)).toEqual(['> right']);
  });
});

test('a stream of training says nothing about conversations', () => {
  const story = new Story().user('1', 'river?').start('1').chunks('1', 'Wa');
  const before = run(story.events);
  const opened: RunnelEvent = {
    type: 'connected',
    thread_id: null,
    digital_human_id: 7,
    cursor: 'h.3',
    heartbeat_seconds: 15,
    running: [],
    queued: [],
    id: 'h.3',
  };
  const heard: RunnelEvent = { type: 'training_start', digital_human_id: 7, round_id: 'r', message: 'Go', id: 'h.4' };

  const state = run([opened, heard], before);

  expect(isRunning(state, 't')).toBe(true);
  expect(state.cursor).toBe(before.cursor);
  expect(state.scope).toBe(before.scope);
});
