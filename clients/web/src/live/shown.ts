import type { MessageState, OutgoingMessage, ThreadState } from 'runnel-client';
import type { Message, Status } from './types';

const blank: Omit<Message, 'key' | 'role' | 'status'> = {
  message_id: null,
  client_message_id: null,
  turn_id: null,
  content: '',
  reasoning: '',
  finish_reason: null,
  model: null,
  usage: null,
  siblings: [],
  rating: 'none',
  knowledge_used: [],
  created_at: null,
  attempt: 1,
  position: 0,
  first_token_ms: null,
  duration_ms: null,
  problem: null,
};

const open = new Set<Status>(['queued', 'waiting', 'streaming']);
export const isOpen = (one: Message) => one.role === 'assistant' && open.has(one.status);

/** What a conversation shows: its messages, the answers that nobody writes yet, and what is on its way to the server. */
export function shown(thread: ThreadState | undefined, outbox: readonly OutgoingMessage[]): readonly Message[] {
  return [...(thread ? withAnswersToCome(thread) : []), ...outbox.flatMap(onItsWay)];
}

function withAnswersToCome({ messages, queue, running }: ThreadState): readonly Message[] {
  const waits = queue.map(turn => toCome(turn.turn_id, 'queued', turn.position));
  const isWritten = messages.some(one => one.message_id === running?.message_id);
  if (running && !isWritten) waits.unshift(toCome(running.turn_id, 'waiting'));
  let left = waits;
  const all = messages.flatMap((message, index) => {
    if (message.role !== 'user' || messages[index + 1]?.role === 'assistant') return [saved(message)];
    // A message of the history does not say its turn: those that nothing follows wait in their order.
    const own = left.find(one => one.turn_id === message.turn_id) ?? (message.turn_id ? undefined : left[0]);
    left = left.filter(one => one !== own);
    return own ? [saved(message), own] : [saved(message)];
  });
  return [...all, ...left];
}

const toCome = (turn: string, status: Status, position = 0): Message => ({
  ...blank,
  key: `turn ${turn}`,
  role: 'assistant',
  turn_id: turn,
  status,
  position,
});

const made = new WeakMap<MessageState, Message>();

function saved(message: MessageState): Message {
  const known = made.get(message);
  if (known) return known;
  const { error, feedback, content, reasoning, status, client_message_id = null } = message;
  const isSilent = status === 'streaming' && !content && !reasoning;
  const one: Message = {
    ...blank,
    ...message,
    key: client_message_id ?? message.message_id,
    client_message_id,
    turn_id: message.turn_id ?? null,
    status: isSilent ? 'waiting' : status,
    rating: feedback?.rating ?? 'none',
    attempt: message.attempt ?? 1,
    first_token_ms: message.first_token_ms ?? null,
    duration_ms: message.duration_ms ?? null,
    problem: error ? { code: error.code, detail: error.error } : null,
  };
  made.set(message, one);
  return one;
}

const statuses = { sending: 'sending', sent: 'complete', failed: 'unsent' } as const;

/** What the server has taken is about to be answered, also where the stream is late to say so. */
function onItsWay({ client_message_id: id, content, status, error }: OutgoingMessage): Message[] {
  const problem = error ? { code: error.code, detail: error.error } : null;
  const question: Message = {
    ...blank,
    key: id,
    role: 'user',
    client_message_id: id,
    content,
    status: statuses[status],
    problem,
  };
  if (status !== 'sent') return [question];
  return [question, { ...blank, key: `answer to ${id}`, role: 'assistant', status: 'waiting' }];
}
