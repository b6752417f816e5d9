import { EventStream, Transport } from '../../src/index.ts';
import { serveTabs } from '../../src/tabs/index.ts';

// The name is where the stream is.
serveTabs(
  name => options =>
    new EventStream({ transport: new Transport({ baseUrl: name }), streamPath: '/stream', threadId: 't' }, options),
  { beatMs: 200, deadMs: 4_000 },
);
