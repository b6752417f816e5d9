import { describe, expect, test } from 'vitest';
import { log } from '../server/script.ts';
import { ofLog, readTurn, Session } from './session.ts';

const survivable = [
  'plain',
  'crlf',
  'byte-order-mark',
  'trickle',
  'one-at-a-time',
  'stalled',
  'end-after-one',
  'cut-in-frame',
  'garbage',
  'portal-page',
  'reset-thrice',
  '429',
  '503',
  '500-twice',
  'draining',
  'retry-field',
  'muted-proxy',
  'muted-whole',
  'muted-later',
  'unknown',
];

describe.concurrent('a whole turn arrives, each event once and in order, from', () => {
  test.each(survivable)('/%s', async name => {
    const session = new Session(name);

    const events = await readTurn(session.follow({ after: '0' }));

    expect(ofLog(events)).toEqual(log);
    expect(session.states.at(-1)).toBe('ended');
  });
});

describe.concurrent('a stream', () => {
  test('goes on after the last event that it had whole', async () => {
    const session = new Session('cut-in-frame');

    await readTurn(session.follow({ after: '0' }));

    // A connection that is reset may take what was on its way with it: two events each time, or fewer, and none is skipped.
    const places = (await session.seen()).map(visit => Number(visit.cursor?.replace('g.', '')));
    const steps = places.slice(1).map((place, index) => place - (places[index] ?? 0));
    expect(steps.filter(step => ![0, 1, 2].includes(step))).toEqual([]);
    expect(places.length).toBeGreaterThan(4);
  });

  test('takes silence beyond the announced heartbeat for death', async () => {
    const session = new Session('stalled');

    await readTurn(session.follow({ after: '0' }));

    expect(session.states).toContain('waiting: silent');
    expect(session.states).not.toContain('polling');
  });

  test('polls where a proxy holds the stream back and the server answers', async () => {
    for (const name of ['muted-proxy', 'muted-later']) {
      const session = new Session(name);

      await readTurn(session.follow({ after: '0' }));

      expect(session.states).toContain('polling');
      const streams = (await session.seen()).filter(visit => visit.path === 'stream');
      expect(streams).toHaveLength(name === 'muted-proxy' ? 1 : 2);
    }
  });

  test('that is muted from its beginning starts with the state that the events add up to', async () => {
    const session = new Session('muted-proxy');
    const stream = session.follow();

    for await (const event of stream) {
      expect(event).toMatchObject({ type: 'connected', thread_id: 't', cursor: `g.${log.length}`, running: [] });
      break;
    }
    expect(stream.cursor).toBe(`g.${log.length}`);
  });

  test('waits as long as the server asks for', async () => {
    for (const [name, ms] of [
      ['429', 1000],
      ['503', 1000],
      // Until a time of day, of a clock that is not this one's.
      ['503-until', 2000],
      ['draining', 700],
      ['retry-field', 700],
    ] as const) {
      const session = new Session(name);

      await readTurn(session.follow({ after: '0' }));

      const [first, second] = await session.seen();
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(ms - 50);
    }
  });
});
