import { newId } from '../api/new-id.ts';
import type { Open } from './hub.ts';
import { LockLink } from './locks.ts';
import { defaultPulse, type Link, type Pulse } from './messages.ts';
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
 * Follows a stream over one connection for all tabs that share the name. It begins after `after`, or now, with what runs;
 * where a tab's place is not known any more, with a `resync`.
 * @param name One for each stream and account: tabs of other accounts must have another.
 */
export function shareStream(name: string, open: Open, options: ShareOptions = {}): SharedStream {
  const { worker, pulse = defaultPulse } = options;
  const place = () => ({ cursor: stream?.cursor ?? options.after, recent: stream?.recent ?? [] });
  const locks = () => new LockLink(name, open, pulse, place);
  let stream: SharedStream | undefined;
  stream = new SharedStream(name, newId(), linkOf(worker, locks), pulse, options);
  return stream;
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
