import { expect, inject, test, vi } from 'vitest';
import { AIAgentsSSE } from '../../src/classic/ai-agents-sse.ts';
import { text } from '../server/script.ts';
import type { Seen } from '../server/server.ts';

const patient = { timeout: 50_000, interval: 20 };
let number = 0;

function client(misbehaviour: string): { sse: AIAgentsSSE; url: string } {
  const url = `${inject('server')}/classic${Date.now()}-${number++}`;
  document.body.innerHTML = '<p id="current-ai-response"></p>';
  return { sse: new AIAgentsSSE(`${url}/${misbehaviour}`), url };
}

test('text grows by chunks where they do not say what all of it is', async () => {
  const { sse } = client('one-at-a-time');
  const shown = document.querySelector('p');
  const lengths = new Set<number>();
  const watch = new MutationObserver(() => lengths.add(shown?.textContent?.length ?? 0));
  if (shown) watch.observe(shown, { childList: true });

  sse.connectToConversationStream('t');

  await vi.waitUntil(() => shown?.id === '', patient);
  expect(shown?.textContent).toBe(text);
  expect(lengths.size).toBeGreaterThan(3);
  sse.disconnectAll();
  expect(sse.connections.size).toBe(0);
});

test('a status at which the browser gives up does not end it', async () => {
  const { sse, url } = client('502-then-cut');
  const shown = document.querySelector('p');
  const onError = vi.fn();

  const first = sse.connectToConversationStream('t', undefined, onError);

  await vi.waitUntil(() => shown?.id === '', patient);
  expect(shown?.textContent).toBe(text);
  expect(first.readyState).toBe(EventSource.CLOSED);
  expect(onError).toHaveBeenCalled();
  const visits = (await (await fetch(`${url}/seen`)).json()) as Seen[];
  expect(visits.at(-1)?.cursor).not.toBeNull();
  // What the page got at first closes what took its place.
  const now = sse.connections.get('conversation_t');
  expect(now).not.toBe(first);
  first.close();
  expect(now?.readyState).toBe(EventSource.CLOSED);
});

test('a conversation that is not there is not asked for again and again', async () => {
  const { sse, url } = client('404');

  sse.connectToConversationStream('t');

  const visits = async () => ((await (await fetch(`${url}/seen`)).json()) as Seen[]).length;
  // The stream, and one look at its status.
  await vi.waitUntil(async () => (await visits()) === 2, patient);
  await new Promise(resolve => setTimeout(resolve, 1_200));
  expect(await visits()).toBe(2);
});

test('a round of training goes to the callbacks of the page, and is closed at its end', async () => {
  const { sse } = client('training');
  const messages: unknown[] = [];

  const result = await new Promise(done => sse.connectToTrainingStream(7, next => messages.push(next), done, done));

  expect(messages).toEqual([
    expect.objectContaining({ type: 'training_start', round_id: 'r' }),
    { type: 'training_chunk', data: expect.stringContaining('"kind":"thinking"') },
  ]);
  expect(result).toMatchObject({ question: 'Why?' });
  expect(sse.connections.has('training_7')).toBe(false);
});

test('a round that fails says why', async () => {
  const { sse } = client('training-error');

  const error = await new Promise(failed => sse.connectToTrainingStream(7, () => {}, failed, failed));

  expect(error).toMatchObject({ code: 'upstream_closed' });
  expect(sse.connections.size).toBe(0);
});
