// How messages from history and messages from the stream become one list.

const ends = new Set(['complete', 'stopped', 'failed', 'interrupted']);
export const finished = item => item.role === 'assistant' && ends.has(item.status);

// `key` names the bubble on the screen for as long as it lives, also when the server's id replaces the client's.
export const message = fields => ({
  content: '', reasoning: '', error: null, ...fields,
  key: fields.key ?? fields.client_message_id ?? fields.message_id,
});

// Changes the item that matches, or adds one: an answer after its own question, anything else at the end.
export function place(items, match, build, tick) {
  const index = items.findIndex(match);
  const built = build(items[index]);
  if (index >= 0) return built === items[index] ? items : items.with(index, { ...built, seen: tick });
  const question = built.role === 'assistant' && built.turn_id
    ? items.findIndex(item => item.role === 'user' && item.turn_id === built.turn_id) : -1;
  return items.toSpliced(question < 0 ? items.length : question + 1, 0, { ...built, seen: tick });
}

function choose(known, row) {
  const fromHistory = { ...row, content: row.content ?? '', reasoning: row.reasoning ?? '' };
  if (!known) return message({ ...fromHistory, live: false });
  if (row.status === 'streaming' && (finished(known) || known.live)) return known;
  return { ...known, ...fromHistory, awaiting: false };
}

const unsent = item => item.status === 'sending' || item.awaiting || (item.role === 'user' && item.error);

export function cutAfter(items, id) {
  const last = items.findIndex(item => item.message_id === id);
  return items.filter((item, index) => index <= last || unsent(item));
}

// The newest page replaces what was there, except what no page can know yet: texts on their way to the server, running
// answers, and whatever the stream brought after the page was asked for.
export function mergeHistory(items, page, since) {
  const known = new Map(items.filter(item => item.message_id).map(item => [item.message_id, item]));
  const rows = page.map(row => choose(known.get(row.message_id), row));
  const inPage = new Set(page.map(row => row.message_id));
  const rest = items.filter(item => !inPage.has(item.message_id)
    && (unsent(item) || item.status === 'streaming' || item.seen > since));
  return [...rows, ...rest];
}

export function prepend(items, page) {
  const known = new Set(items.map(item => item.message_id));
  return [...page.filter(row => !known.has(row.message_id)).map(row => choose(null, row)), ...items];
}
