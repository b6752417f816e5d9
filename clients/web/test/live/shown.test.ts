import { type Action, initialState, type RunnelState, reduce } from 'runnel-client';
import { describe, expect, it } from 'vitest';
import { DRAFT, messagesOf } from '../../src/live/state';

const turn = { thread_id: 't', turn_id: 'turn', message_id: 'a' };
const event = (type: string, more: object = {}) => ({ ...turn, type, ...more }) as unknown as Action;
const stateAfter = (...actions: Action[]): RunnelState => actions.reduce(reduce, initialState);
const shownOf = (state: RunnelState, thread = 't') => messagesOf(thread, state.threads[thread], state.outbox);
const looks = (state: RunnelState, thread = 't') =>
  shownOf(state, thread).map(one => `${one.message_id ?? one.turn_id} ${one.status} ${one.content}`.trim());

const question = event('user_message', { message_id: 'q', content: 'hi', client_message_id: 'c', created_at: '1' });
const start = event('ai_response_start', { attempt: 1, model: 'm' });
const chunk = (content: string) => event('ai_response_chunk', { content });
const end = event('ai_response_complete', { final_content: 'one two', finish_reason: 'stop' });
const sending: Action = { type: 'message_sending', client_message_id: 'c', thread_id: null, content: 'hi' };
const sent: Action = { type: 'message_sent', client_message_id: 'c', thread_id: 't', user_message_id: 'q' };

const row = (message_id: string, role: 'user' | 'assistant', status = 'complete') => ({
  message_id,
  role,
  status,
  content: role === 'user' ? 'hi' : '',
  reasoning: '',
  siblings: [message_id],
});
const history = (...items: object[]) =>
  ({
    type: 'history_loaded',
    thread_id: 't',
    page: { items, next_before: null, cursor: '' },
    since: 0,
  }) as unknown as Action;

describe('a turn', () => {
  it('shows its answer before there is one', () => {
    expect(looks(stateAfter(question))).toEqual(['q complete hi', 'turn waiting']);
    expect(looks(stateAfter(question, start))).toEqual(['q complete hi', 'a waiting']);
    expect(looks(stateAfter(question, start, chunk('one')))).toEqual(['q complete hi', 'a streaming one']);
    expect(looks(stateAfter(question, start, chunk('one'), end))).toEqual(['q complete hi', 'a complete one two']);
  });

  it('that waits is shown behind its question, with its place', () => {
    const state = stateAfter(question, event('turn_queued', { position: 2 }));
    expect(looks(state)).toEqual(['q complete hi', 'turn queued']);
    expect(shownOf(state)[1]?.position).toBe(2);
  });

  it('that waits without a question of its own comes last', () => {
    const later = event('turn_queued', { turn_id: 'again', position: 1 });
    expect(looks(stateAfter(question, start, chunk('one'), later))).toEqual([
      'q complete hi',
      'a streaming one',
      'again queued',
    ]);
  });

  it('that waits finds its question in a history, which does not know of turns', () => {
    const opened = {
      type: 'connected',
      thread_id: null,
      cursor: 'x',
      running: [{ ...turn, accumulated_content: 'one', reasoning: '', model: 'm', attempt: 1 }],
      queued: [{ thread_id: 't', turn_id: 'later', position: 1 }],
    } as unknown as Action;
    const state = stateAfter(opened, history(row('q', 'user'), row('a', 'assistant', 'streaming'), row('q2', 'user')));
    expect(looks(state)).toEqual(['q complete hi', 'a streaming one', 'q2 complete hi', 'later queued']);
  });
});

describe('a message on its way', () => {
  it('is shown where it was written, then in its conversation', () => {
    expect(looks(stateAfter(sending), DRAFT)).toEqual(['null sending hi']);
    expect(looks(stateAfter(sending, sent), DRAFT)).toEqual([]);
    expect(looks(stateAfter(sending, sent))).toEqual(['null complete hi', 'null waiting']);
  });

  it.each([
    ['its event comes first', [sending, question, sent]],
    ['its receipt comes first', [sending, sent, question]],
    ['a history brings it before its receipt', [sending, history(row('q', 'user')), sent]],
    ['a history brings it, and no event', [sending, sent, history(row('q', 'user'))]],
  ])('is shown once, when %s', (_, actions) => {
    expect(looks(stateAfter(...actions)).filter(one => one.endsWith('hi'))).toEqual(['q complete hi']);
  });

  it('keeps its name on the screen', () => {
    const before = shownOf(stateAfter(sending, sent))[0]?.key;
    expect(shownOf(stateAfter(sending, sent, question))[0]?.key).toBe(before);
  });

  it('stays, with its reason, when it was refused', () => {
    const error = { code: 'too_many_turns', error: 'E' };
    const state = stateAfter(sending, { type: 'message_failed', client_message_id: 'c', error });
    expect(shownOf(state, DRAFT)).toMatchObject([{ status: 'unsent', problem: { code: 'too_many_turns' } }]);
  });
});

it('A message that did not change is the same object, so that it is not drawn again', () => {
  const before = stateAfter(question, start, chunk('one'));
  const [asked] = shownOf(before);
  expect(shownOf(reduce(before, chunk(' two')))[0]).toBe(asked);
});
