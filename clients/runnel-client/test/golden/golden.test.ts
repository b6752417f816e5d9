import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Action, type MessageItem, type RunnelEvent, type RunnelState, threadOf } from '../../src/index.ts';
import { essence, run } from '../state/turn.ts';

interface Transcript {
  readonly events: readonly RunnelEvent[];
  readonly messages: readonly MessageItem[];
}

const folder = new URL('.', import.meta.url);
const names = readdirSync(folder).filter(name => name.endsWith('.json'));
const read = (name: string): Transcript => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

/** What a person sees of a message. */
const seen = ({ message_id, role, content, reasoning, status, finish_reason, model, usage }: MessageItem) => ({
  message_id,
  role,
  content,
  reasoning,
  status,
  ...(status === 'complete' ? { finish_reason, model, usage } : {}),
});

const threadIn = ({ events }: Transcript): string =>
  events.flatMap(event => ('thread_id' in event ? [event.thread_id] : []))[0] ?? '';

const shown = (state: RunnelState, transcript: Transcript) => threadOf(state, threadIn(transcript)).messages.map(seen);

test('there are transcripts', () => {
  expect(names.length).toBeGreaterThanOrEqual(3);
});

describe.each(names)('%s, as the server said it', name => {
  const transcript = read(name);
  const { events, messages } = transcript;
  const expected = messages.map(seen);

  test('adds up to the history of the server', () => {
    expect(shown(run(events), transcript)).toEqual(expected);
  });

  test('adds up to it also when it is taken up again anywhere', () => {
    for (let at = 0; at <= events.length; at++) {
      expect(shown(run([...events, ...events.slice(at)]), transcript)).toEqual(expected);
    }
  });

  test('joins with the history wherever that is read', () => {
    const thread_id = threadIn(transcript);
    const page = { items: messages, next_before: null, cursor: events.at(-1)?.id ?? '' };
    for (let at = 0; at <= events.length; at++) {
      const before = events.slice(0, at);
      const loaded: Action = { type: 'history_loaded', thread_id, page, since: before.length };
      const state = run([...before, loaded, ...events.slice(at)]);
      expect(shown(state, transcript), `after ${at}`).toEqual(expected);
      expect((essence(state) as RunnelState).threads[thread_id]?.running).toBeNull();
    }
  });
});
