import { expect, test, vi } from 'vitest';
import { log } from '../server/script.ts';
import { ofLog, readTurn, Session } from './session.ts';

const hours = 3_600_000;

test.each([
  ['the network returns', () => window.dispatchEvent(new Event('online'))],
  ['the page is looked at again', () => document.dispatchEvent(new Event('visibilitychange'))],
])('a stream that waits goes on at once when %s', async (_, wake) => {
  const session = new Session('500-twice');
  const turn = readTurn(session.follow({ after: '0', tuning: { backoffMs: hours, backoffCapMs: hours } }));
  for (const times of [1, 2]) {
    const waiting = () => session.states.filter(state => state.startsWith('waiting')).length === times;
    await vi.waitUntil(waiting, { timeout: 50_000 });
    wake();
  }

  expect(ofLog(await turn)).toEqual(log);
});

test('a wait that the server asked for is not cut short', async () => {
  const session = new Session('429');
  const turn = readTurn(session.follow({ after: '0' }));
  await vi.waitUntil(() => session.states.includes('waiting: status'), { timeout: 50_000 });
  window.dispatchEvent(new Event('online'));
  await turn;

  const [first, second] = await session.seen();
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(950);
});
