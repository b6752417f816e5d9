import { expect, test } from 'vitest';
import { retryAfterMs } from '../../src/http/problem.ts';

const hour = 3_600_000;
const now = Date.parse('2026-01-01T00:00:00Z');
const at = (ms: number) => new Date(now + ms).toUTCString();

test.each([
  ['seconds', '7', at(hour), 7_000],
  ['a time, by the clock of the server', at(hour + 5_000), at(hour), 5_000],
  ['a time that has come', at(-5_000), at(0), 0],
  ['nonsense', 'soon', at(0), undefined],
  ['nothing', null, at(0), undefined],
])('%s', (_, header, serverDate, ms) => {
  expect(retryAfterMs(header, serverDate)).toBe(ms);
});

test('a time of which nobody knows whose it is keeps nobody waiting for an hour', () => {
  expect(retryAfterMs(new Date(Date.now() + hour).toUTCString(), null)).toBe(60_000);
});
