import { RunnelClient } from 'runnel-client';
import { serveTabs } from 'runnel-client/tabs';

/** Holds the one connection that all tabs of this browser share. */
serveTabs(() => options => new RunnelClient().followAll(options));
