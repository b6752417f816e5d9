import { expect, it } from 'vitest';
import { inGroups } from '../../src/conversations/groups';
import type { Row } from '../../src/live/types';

const now = new Date(2026, 10, 23, 15).getTime();
const row = (day: number): Row => ({
  thread_id: `t${day}`,
  title: '',
  digital_human_id: null,
  created_at: '',
  updated_at: new Date(2026, 10, day, 9).toISOString(),
  running: false,
});

it('puts a heading before the first row of each span of days', () => {
  const lines = inGroups([row(23), row(22), row(20), row(17), row(3)], now);
  expect(lines.map(line => line.heading ?? line.row?.thread_id)).toEqual([
    'today',
    't23',
    'yesterday',
    't22',
    'week',
    't20',
    't17',
    'older',
    't3',
  ]);
});

it('calls what lies ahead of a slow clock today', () => {
  expect(inGroups([row(25)], now)[0]?.heading).toBe('today');
});
