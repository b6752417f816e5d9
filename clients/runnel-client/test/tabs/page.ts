import { EventStream, isTerminal, type RunnelEvent, Transport } from '../../src/index.ts';
import { type Open, shareStream } from '../../src/tabs/index.ts';

export interface Tab {
  readonly events: RunnelEvent[];
  readonly isDone: boolean;
  leave: () => void;
}

declare global {
  interface Window {
    begin: (url: string, after: string | undefined, withWorker: boolean) => void;
    tab: Tab;
  }
}

const pulse = { beatMs: 200, deadMs: 4_000 };

window.begin = (url, after, withWorker) => {
  const open: Open = options =>
    new EventStream(
      { transport: new Transport({ baseUrl: url }), streamPath: '/stream', threadId: 't' },
      { ...options, tuning: { backoffMs: 20 } },
    );
  const worker = () => new SharedWorker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const stream = shareStream(url, open, { after, pulse, ...(withWorker ? { worker } : {}) });
  const tab = { events: [] as RunnelEvent[], isDone: false, leave: () => stream.close() };
  window.tab = tab;
  void (async () => {
    for await (const event of stream) {
      tab.events.push(event);
      if (isTerminal(event)) tab.isDone = true;
    }
  })();
};
