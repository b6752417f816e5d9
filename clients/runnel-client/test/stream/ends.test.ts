import { describe, expect, test } from 'vitest';
import { BearerTokens, ProblemError } from '../../src/index.ts';
import { log } from '../server/script.ts';
import { ofLog, readTurn, Session } from './session.ts';

const tokens = (access_token: string) => ({ access_token, refresh_token: 'r', expires_in: 60, token_type: 'Bearer' });

describe.concurrent('a stream', () => {
  test('refreshes its token once, and goes on', async () => {
    const session = new Session('401-once');
    const credentials = new BearerTokens(tokens('old'), async () => tokens('new'));

    const events = await readTurn(session.follow({ after: '0', credentials }));

    expect(ofLog(events)).toEqual(log);
    expect((await session.seen()).map(visit => visit.authorization)).toEqual(['Bearer old', 'Bearer new']);
  });

  test('whose token expires in the middle of an answer refreshes it once, and loses nothing', async () => {
    const session = new Session('token-expires');
    let refreshes = 0;
    const credentials = new BearerTokens(tokens('old'), async () => {
      refreshes++;
      return tokens('new');
    });

    const events = await readTurn(session.follow({ after: '0', credentials }));

    expect(ofLog(events)).toEqual(log);
    const seen = await session.seen();
    expect(seen.map(visit => visit.authorization)).toEqual(['Bearer old', 'Bearer old', 'Bearer new']);
    expect(seen.map(visit => visit.cursor)).toEqual(['0', 'g.5', 'g.5']);
    expect(refreshes).toBe(1);
  });

  test('says that somebody must sign in where refreshing does not help', async () => {
    const session = new Session('401');
    const credentials = new BearerTokens(tokens('old'), async () => tokens('also old'));
    const stream = session.follow({ credentials });

    await expect(readTurn(stream)).rejects.toThrow(ProblemError);

    expect(stream.end).toMatchObject({ reason: 'unauthenticated' });
    expect(await session.seen()).toHaveLength(2);
  });

  test('waits for a refresh that gets no answer, as for any answer', async () => {
    const session = new Session('401-once');
    let asked = 0;
    const credentials = new BearerTokens(tokens('old'), async () => {
      if (++asked < 3) throw new TypeError('network');
      return tokens('new');
    });

    expect(ofLog(await readTurn(session.follow({ after: '0', credentials })))).toEqual(log);
    expect(asked).toBe(3);
  });

  test('that is not there ends, and is not asked for again', async () => {
    const session = new Session('404');
    const stream = session.follow();

    expect(await readTurn(stream)).toEqual([]);

    expect(stream.end).toMatchObject({ reason: 'not_found', error: { code: 'conversation_not_found' } });
    expect(await session.seen()).toHaveLength(1);
  });

  test('that is over ends with 204', async () => {
    const session = new Session('204');
    const stream = session.follow({ after: '0' });

    const end = await stream.listen({ onEvent: () => {} });

    expect(end).toEqual({ reason: 'gone' });
    expect(stream.cursor).toBe(log.at(-1)?.id);
  });

  test('reports a refusal that asking again does not change', async () => {
    const session = new Session('400');

    const end = await session.follow({ after: 'nonsense' }).listen({ onEvent: () => {} });

    expect(end).toMatchObject({ reason: 'refused', error: { code: 'invalid_cursor', status: 400 } });
  });

  test.each(['plain', 'stalled', 'muted-proxy', 'muted-whole', 'muted-later', 'reset-thrice', '429'])(
    'is left at once when it is aborted at /%s',
    async name => {
      const session = new Session(name);
      const leave = new AbortController();
      const stream = session.follow({ signal: leave.signal });
      const over = stream.listen({ onEvent: () => {} });
      // Requested, and whatever comes of it.
      while ((await session.seen()).length === 0);

      leave.abort();

      expect(await over).toEqual({ reason: 'closed' });
    },
  );

  test('that was aborted before it began asks for nothing', async () => {
    const session = new Session('plain');

    expect(await readTurn(session.follow({ signal: AbortSignal.abort() }))).toEqual([]);
    expect(await session.seen()).toHaveLength(0);
  });

  test('keeps its cursor for the next one', async () => {
    const session = new Session('plain');
    const first = session.follow({ after: '0' });
    const seen = [];
    for await (const event of first) {
      seen.push(event);
      if (seen.length === 6) break;
    }

    const rest = await readTurn(session.follow({ after: first.cursor }));

    expect(ofLog([...seen, ...rest])).toEqual(log);
  });
});
