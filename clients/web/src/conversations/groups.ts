import type { Row } from '../live/types';

export type Heading = 'today' | 'yesterday' | 'week' | 'older';

/** A line of the list: a conversation, or the heading of those that follow. */
export type Entry = { row: Row; heading?: undefined } | { row?: undefined; heading: Heading };

const DAY = 86_400_000;

/** By the days of the reader's own calendar; a clock that is behind calls everything today. */
function headingOf(time: string, now: number): Heading {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const at = Date.parse(time);
  if (at >= midnight) return 'today';
  if (at >= midnight - DAY) return 'yesterday';
  return at >= midnight - 7 * DAY ? 'week' : 'older';
}

export function inGroups(rows: readonly Row[], now: number): Entry[] {
  const entries: Entry[] = [];
  let last: Heading | null = null;
  for (const row of rows) {
    const heading = headingOf(row.updated_at, now);
    if (heading !== last) entries.push({ heading });
    last = heading;
    entries.push({ row });
  }
  return entries;
}
