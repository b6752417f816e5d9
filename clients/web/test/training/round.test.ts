import { describe, expect, it } from 'vitest';
import { afterEvent, type Round, sending, type TrainingEvent } from '../../src/training/round';

const event = (type: string, more: object = {}) =>
  ({ type, digital_human_id: 1, round_id: 'r', ...more }) as TrainingEvent;
const chunk = (kind: string, more: object = {}) => event('training_chunk', { kind, ...more });
const said = chunk('user_message', { content: 'I like hiking.', message_id: 'm', client_message_id: 'c' });
const run = (first: readonly Round[], ...events: TrainingEvent[]) => events.reduce(afterEvent, first);

describe('a round', () => {
  it('is the one that this page has sent, whatever its start says first', () => {
    const rounds = run([sending('c', 'I like hiking.')], event('training_start'), said);
    expect(rounds).toHaveLength(1);
    expect(rounds[0]).toMatchObject({ round_id: 'r', message_id: 'm', client_message_id: 'c', status: 'running' });
  });

  it('shows its steps as they run, and a question that is withdrawn anew', () => {
    const rounds = run(
      [],
      event('training_start'),
      said,
      chunk('node_start', { step: 'intent_recognition', message: 'Reading' }),
      chunk('node_complete', { step: 'intent_recognition', duration_ms: 5 }),
      chunk('node_complete', { step: 'knowledge_extraction', skipped: true }),
      chunk('question_chunk', { step: 'question_generation', content: 'Wh' }),
      chunk('question_reset', { step: 'question_generation' }),
      chunk('question_chunk', { step: 'question_generation', content: 'Where?' }),
    );
    expect(rounds[0]?.steps.map(step => step.state)).toEqual(['done', 'skipped']);
    expect(rounds[0]?.question).toBe('Where?');
  });

  it('begins anew when the stream repeats it', () => {
    const once = run([], event('training_start'), said, chunk('question_chunk', { content: 'Where?' }));
    const again = run(once, event('training_start'), said, chunk('question_chunk', { content: 'Where?' }));
    expect(again).toEqual(once);
  });

  it('leaves with its message', () => {
    expect(run([], event('training_start'), said, event('training_message_deleted'))).toEqual([]);
  });
});
