import { newId } from '../api/new-id.ts';
import type { Open } from './hub.ts';
import { LockLink, type Place } from './locks.ts';
import { defaultPulse, type Link, type Pulse } from './messages.ts';
import { OwnLink } from './own-link.ts';
import { type SharedOptions, SharedStream } from './shared-stream.ts';
import { WorkerLink } from './worker-link.ts';

export type { Open } from './hub.ts';
export type { Pulse } from './messages.ts';
export { serveTabs } from './serve.ts';
export { type SharedOptions, SharedStream } from './shared-stream.ts';

export interface ShareOptions extends SharedOptions {
  /** The worker that calls `serveTabs`. Without it, or where there are none, one of the tabs holds the connection. */
  readonly worker?: () => SharedWorker;
  readonly pulse?: Pulse;
}

/**
 * Follows a stream over one connection for all tabs that share the name; over one for each tab where neither workers nor
 * locks are to be had, as on pages without TLS. It begins after `after`, or now, with what runs;
 * where a tab's place is not known any more, with a `resync`.
 * @param name One for each stream and account: tabs of other accounts must have another.
 */
export function shareStream(name: string, open: Open, options: ShareOptions = {}): SharedStream {
  const { worker, pulse = defaultPulse } = options;
  const place = () => ({ cursor: stream?.cursor ?? options.after, recent: stream?.recent ?? [] });
  const locks = () => lockOrOwn(name, open, pulse, place);
  let stream: SharedStream | undefined;
  stream = new SharedStream(name, newId(), linkOf(worker, locks), pulse, options);
  return stream;
}

function lockOrOwn(name: string, open: Open, pulse: Pulse, place: () => Place): Link {
  try {
    if (globalThis.navigator?.locks) return new LockLink(name, open, pulse, place);
  } catch {
    // Channels may be missing too, or forbidden.
  }
  return new OwnLink(open, pulse, place());
}

function linkOf(worker: (() => SharedWorker) | undefined, locks: () => Link): Link {
  if (!worker || typeof SharedWorker === 'undefined') return locks();
  try {
    return new WorkerLink(worker, locks);
  } catch {
    // A policy of the page may forbid workers.
    return locks();
  }
}
