import { create } from '../state/store';

/** An event as it came, for who looks at the stream itself. */
export interface Recorded {
  order: number;
  at: number;
  name: string;
  id: string;
  data: string;
  /** How many numbers lie between the event before and this one. */
  skipped: number;
}

export interface Tally {
  events: number;
  characters: number;
  connections: number;
  longestSilence: number;
  lastAt: number;
  state: string;
}

const MOST = 2000;

const none: Tally = { events: 0, characters: 0, connections: 0, longestSilence: 0, lastAt: 0, state: 'connecting' };

/** The newest events of this page's stream. Changed in place: `tally` says when to look again. */
export const recorded: Recorded[] = [];
export const tally = create<Tally>(none);

let order = 0;
let lastNumber = Number.NaN;

export function noteEvent(name: string, id: string, data: string) {
  const at = performance.now();
  const number = numberOf(id);
  const skipped = name === 'connected' || name === 'resync' ? 0 : Math.max(0, number - lastNumber - 1) || 0;
  if (!Number.isNaN(number)) lastNumber = number;
  recorded.push({ order: ++order, at, name, id, data, skipped });
  if (recorded.length > MOST) recorded.splice(0, recorded.length - MOST);
  tally.set(now => ({
    ...now,
    events: now.events + 1,
    characters: now.characters + data.length,
    longestSilence: now.lastAt > 0 ? Math.max(now.longestSilence, at - now.lastAt) : 0,
    lastAt: at,
  }));
}

export function noteConnection(state: string) {
  if (state === tally.get().state) return;
  tally.set(now => ({ ...now, state, connections: now.connections + (state === 'live' ? 1 : 0) }));
}

export function clear() {
  recorded.length = 0;
  tally.set(now => ({ ...none, state: now.state, connections: now.connections, lastAt: now.lastAt }));
}

/** A cursor ends with the number of its event, in base 10. */
const numberOf = (cursor: string) => Number.parseInt(cursor.split('.').at(-1) ?? '', 10);
