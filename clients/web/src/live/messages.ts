import type { Message } from './types';

/** How messages from history, from the stream and from the box become one list. All of it pure. */
export type Messages = readonly Message[];

const blank: Omit<Message, 'key' | 'role'> = {
  message_id: null,
  parent_id: null,
  client_message_id: null,
  turn_id: null,
  content: '',
  reasoning: '',
  status: 'complete',
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
  retryable: false,
};

export const message = (fields: Partial<Message> & Pick<Message, 'key' | 'role'>): Message => ({ ...blank, ...fields });

const open = new Set(['queued', 'waiting', 'streaming']);
export const isOpen = (one: Message) => one.role === 'assistant' && open.has(one.status);
export const isUnsaved = (one: Message) => one.status === 'sending' || one.status === 'unsent';

type Match = (one: Message) => boolean;

export const withId =
  (id: string): Match =>
  one =>
    one.message_id === id;

/** The answer of a turn, which may not have a message's id yet. */
export const answerOf =
  (turn: string, id?: string): Match =>
  one =>
    one.role === 'assistant' && ((id !== undefined && one.message_id === id) || one.turn_id === turn);

/** The question of an event; before the server has seen it, it has only the id that this page gave it. */
export const questionOf =
  (id: string, clientId: string | null): Match =>
  one =>
    one.role === 'user' && (one.message_id === id || (clientId !== null && one.client_message_id === clientId));

/** Changes the message that matches, or adds what `made` gives: an answer after its own question, all else at the end. */
export function place(all: Messages, match: Match, change: Partial<Message>, made: () => Message): Messages {
  const index = all.findIndex(match);
  const found = all[index];
  if (found) return all.with(index, { ...found, ...change });
  const added = { ...made(), ...change };
  const question =
    added.role === 'assistant' && added.turn_id
      ? all.findIndex(one => one.role === 'user' && one.turn_id === added.turn_id)
      : -1;
  return all.toSpliced(question < 0 ? endOf(all, added) : question + 1, 0, added);
}

/** What is on its way to the server comes after everything that has arrived. */
const endOf = (all: Messages, added: Message) => {
  const unsaved = isUnsaved(added) ? -1 : all.findIndex(isUnsaved);
  return unsaved < 0 ? all.length : unsaved;
};

export function change(all: Messages, match: Match, to: (one: Message) => Partial<Message>): Messages {
  const index = all.findIndex(match);
  const found = all[index];
  return found ? all.with(index, { ...found, ...to(found) }) : all;
}

/** A row of history in the place of what is known: but a running answer is known better from its stream. */
function renewed(row: Message, known: Message | undefined): Message {
  if (!known) return row;
  const { key, turn_id, client_message_id, first_token_ms, duration_ms, problem, retryable } = known;
  const kept = { key, turn_id, client_message_id, first_token_ms, duration_ms, problem, retryable };
  const isLive =
    row.status === 'streaming' && (isOpen(known) || known.finish_reason !== null || known.problem !== null);
  return isLive ? { ...known, siblings: row.siblings } : { ...row, ...kept };
}

/**
 * The newest page takes the place of what was there, except for what no page can know yet: texts on their way to the server,
 * running answers, and whatever the stream brought since the page was asked for (`fresh`).
 */
export function withNewest(all: Messages, page: Messages, fresh: ReadonlySet<string>): Messages {
  const known = new Map(all.map(one => [one.message_id, one]));
  const rows = page.map(row => renewed(row, known.get(row.message_id)));
  const inPage = new Set(page.map(row => row.message_id));
  const rest = all.filter(one => !inPage.has(one.message_id) && (isUnsaved(one) || fresh.has(one.key) || isOpen(one)));
  const waits = rest.filter(one => one.status === 'queued' && one.message_id === null);
  return [...seated(rows, waits), ...rest.filter(one => !waits.includes(one))];
}

/** Answers that wait are known by their turn alone: each goes behind its question, or, in their order, behind the next one that
 * nothing follows. */
function seated(rows: Messages, waits: Messages): Messages {
  let left = waits.toSorted((a, b) => a.position - b.position);
  const take = (one: Message | undefined) => {
    left = left.filter(other => other !== one);
    return one ? [one] : [];
  };
  const all = rows.flatMap((row, index) => {
    if (row.role !== 'user' || rows[index + 1]?.role === 'assistant') return [row];
    return [row, ...take(left.find(one => one.turn_id === row.turn_id) ?? left[0])];
  });
  return [...all, ...left];
}

export function withEarlier(all: Messages, page: Messages): Messages {
  const known = new Set(all.map(one => one.message_id));
  return [...page.filter(row => !known.has(row.message_id)), ...all];
}

/** Ends at a message, which another branch is about to follow. */
export function endingAt(all: Messages, id: string): Messages {
  const index = all.findIndex(withId(id));
  return index < 0 ? all : all.filter((one, at) => at <= index || isUnsaved(one));
}
