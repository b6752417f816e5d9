import { expect, test } from 'vitest';
import { isTerminal, type RunnelEvent } from '../../src/index.ts';

const ids = { thread_id: 't', turn_id: 'n', message_id: 'm' };

test('an end is known as such, and a piece of text is not', () => {
  const chunk: RunnelEvent = { type: 'ai_response_chunk', ...ids, content: 'a', id: '1' };
  const error: RunnelEvent = {
    ...ids,
    type: 'conversation_error',
    error: 'Gone.',
    code: 'interrupted',
    retryable: true,
    partial_content: '',
  };

  expect(isTerminal(chunk)).toBe(false);
  expect(isTerminal(error)).toBe(true);
});
