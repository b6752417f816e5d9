import { RunnelClient } from 'runnel-client';

let signedOut: () => void = () => {};

/** Called whenever the server says that nobody is signed in. */
export const onSignedOut = (listener: () => void) => {
  signedOut = listener;
};

export const noteSignedOut = () => signedOut();

/** What the server writes for people, it writes in the language of the page. */
const language = { headers: () => ({ 'accept-language': document.documentElement.lang }) };

/** Of whoever is signed in, by the cookie of this page, which nothing here can renew. */
const reader = {
  ...language,
  async refresh() {
    signedOut();
    return false;
  },
};

/** `fetch` waits for ever where something between swallows a request. */
const within =
  (patience: number): typeof fetch =>
  (input, init) => {
    const late = AbortSignal.timeout(patience);
    return fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, late]) : late });
  };

export const runnel = new RunnelClient({ credentials: reader, fetch: within(30_000) });

/** For what takes its time, such as deleting much. */
export const patiently = new RunnelClient({ credentials: reader, fetch: within(120_000) });

/** For requests that outlive the page. */
export const lastly = new RunnelClient({ fetch: (input, init) => fetch(input, { ...init, keepalive: true }) });

/** For who is not signed in yet: that is no news to the page. */
export const visiting = new RunnelClient({ credentials: language, fetch: within(30_000) });

/** Streams last; they watch for silence themselves. */
export const streaming = new RunnelClient({ credentials: language });
