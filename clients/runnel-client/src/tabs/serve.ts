import { Hub, type Open } from './hub.ts';
import { defaultPulse, type FromHub, type Pulse, type ToHub } from './messages.ts';

interface Served {
  readonly hub: Hub;
  readonly tabs: Map<string, MessagePort>;
}

/** Makes the worker that this runs in hold the connections of all tabs: one for each name. */
export function serveTabs(open: (name: string) => Open, pulse: Pulse = defaultPulse): void {
  const served = new Map<string, Served>();
  globalThis.addEventListener('connect', event => {
    const [port] = (event as MessageEvent).ports;
    if (!port) return;
    port.onmessage = ({ data }: MessageEvent<ToHub>) => hear(served, port, data, open, pulse);
  });
}

function hear(
  served: Map<string, Served>,
  port: MessagePort,
  message: ToHub,
  open: (name: string) => Open,
  pulse: Pulse,
): void {
  const { name, tab } = message;
  if (message.kind === 'leave') {
    const found = served.get(name);
    found?.tabs.delete(tab);
    if (found?.tabs.size !== 0) return;
    found.hub.close();
    served.delete(name);
    return;
  }
  const place = served.get(name) ?? begin(served, name, message.after, open, pulse);
  place.tabs.set(tab, port);
  place.hub.join(message);
}

function begin(
  served: Map<string, Served>,
  name: string,
  after: string | undefined,
  open: (name: string) => Open,
  pulse: Pulse,
): Served {
  const tabs = new Map<string, MessagePort>();
  const post = (message: FromHub) => {
    // Whoever joins is welcomed; nobody has to be asked to join again.
    if (message.kind === 'leading') return;
    for (const port of tabs.values()) port.postMessage(message);
  };
  const place = { hub: new Hub(open(name), post, pulse, after), tabs };
  served.set(name, place);
  place.hub.run().finally(() => {
    if (served.get(name) === place) served.delete(name);
  });
  return place;
}
