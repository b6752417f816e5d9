import type { Row } from './types';
import type { Happening } from './wire';

const starts = new Set(['ai_response_start', 'turn_queued', 'user_message']);
const ends = new Set(['ai_response_complete', 'conversation_error']);

/** The newest activity first, as the server orders them. */
const newestFirst = (rows: readonly Row[]): Row[] =>
  rows.toSorted((a, b) =>
    a.updated_at < b.updated_at ? 1 : a.updated_at > b.updated_at ? -1 : a.thread_id < b.thread_id ? 1 : -1,
  );

export function withRow(rows: readonly Row[], row: Row): Row[] {
  return newestFirst([...rows.filter(one => one.thread_id !== row.thread_id), row]);
}

export const withoutRow = (rows: readonly Row[], thread: string) => rows.filter(row => row.thread_id !== thread);

/** More of the list: what is here already is newer than what a page says of it. */
export function withPage(rows: readonly Row[], page: readonly Row[]): Row[] {
  const known = new Set(rows.map(row => row.thread_id));
  return newestFirst([...rows, ...page.filter(row => !known.has(row.thread_id))]);
}

export function rowsAfterEvent(rows: readonly Row[], event: Happening): readonly Row[] {
  const index = rows.findIndex(row => row.thread_id === event.thread_id);
  const row = rows[index];
  if (!row) return rows;
  if (event.type === 'conversation_deleted') return withoutRow(rows, event.thread_id);
  if (event.type === 'conversation_updated') {
    const { title = row.title, updated_at = row.updated_at } = event;
    const changed = rows.with(index, { ...row, title, updated_at });
    return updated_at === row.updated_at ? changed : newestFirst(changed);
  }
  const running = starts.has(event.type) ? true : ends.has(event.type) ? false : row.running;
  if (event.type === 'user_message') return withRow(rows, { ...row, running, updated_at: event.created_at });
  return running === row.running ? rows : rows.with(index, { ...row, running });
}
