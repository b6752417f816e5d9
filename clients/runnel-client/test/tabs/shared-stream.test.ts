import { expect, test } from 'vitest';
import type { RunnelEvent } from '../../src/index.ts';
import type { FromHub, Link, ToHub } from '../../src/tabs/messages.ts';
import { SharedStream } from '../../src/tabs/shared-stream.ts';
import { log } from '../server/script.ts';

/** A holder that says what a test lets it say. */
class Holder implements Link {
  onMessage: (message: FromHub) => void = () => {};
  readonly heard: ToHub[] = [];

  post(message: ToHub): void {
    this.heard.push(message);
  }

  revive(): void {}

  close(): void {}

  says(...messages: FromHub[]): void {
    for (const message of messages) this.onMessage(message);
  }
}

const opening = (type: 'connected' | 'resync', id: string): RunnelEvent =>
  ({ type, thread_id: 't', cursor: id, heartbeat_seconds: 15, running: [], reason: 'retention', id }) as RunnelEvent;
const events = (from: number, to: number): FromHub[] => log.slice(from, to).map(event => ({ kind: 'event', event }));
const numbered = log.every(event => event.id);

async function read(holder: Holder, say: () => void): Promise<RunnelEvent[]> {
  const stream = new SharedStream('s', 'me', holder, { beatMs: 1e6, deadMs: 1e6 }, { after: '0' });
  say();
  const seen: RunnelEvent[] = [];
  for await (const event of stream) {
    seen.push(event);
    if (event.id === 'last') return seen;
  }
  return seen;
}

const last: FromHub = { kind: 'event', event: { ...log[0], id: 'last' } as RunnelEvent };
const welcome = (...given: RunnelEvent[]): FromHub => ({ kind: 'welcome', tab: 'me', events: given });

test('a holder that knows less than a tab gives it nothing twice, and nothing anew', async () => {
  expect(numbered).toBe(true);
  const holder = new Holder();
  const seen = await read(holder, () => {
    holder.says(welcome(opening('connected', '0')), ...events(0, 8));
    holder.says({ kind: 'leading' }, welcome(opening('resync', log[3]?.id ?? '')), ...events(4, log.length), last);
  });

  expect(seen.slice(1, -1)).toEqual(log);
});

test('a tab whose place its holder does not know reads again', async () => {
  const holder = new Holder();
  const seen = await read(holder, () => {
    holder.says(welcome(opening('connected', '0')), ...events(0, 2));
    holder.says({ kind: 'leading' }, welcome(opening('resync', 'h.7')), ...events(0, log.length), last);
  });

  expect(seen.map(event => event.id)).toEqual([
    '0',
    ...log.slice(0, 2).map(event => event.id),
    'h.7',
    ...log.map(event => event.id),
    'last',
  ]);
});
