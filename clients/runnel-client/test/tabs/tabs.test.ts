import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { RunnelEvent } from '../../src/index.ts';
import { log } from '../server/script.ts';
import type { Seen } from '../server/server.ts';

let browser: Browser;
let pages: ViteDevServer;
let context: BrowserContext;
let number = 0;

beforeAll(async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  pages = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    cacheDir: 'node_modules/.vite-tabs',
    optimizeDeps: { include: ['eventsource-parser'] },
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
  });
  await pages.listen();
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
});

afterAll(async () => {
  await browser?.close();
  await pages?.close();
});

beforeEach(async () => {
  context = await browser.newContext();
});

afterEach(async () => {
  await context.close();
});

const session = () => `${inject('server')}/tabs${Date.now()}-${number++}`;

async function open(url: string, withWorker: boolean, after?: string, how = 'slowly'): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${pages.resolvedUrls?.local[0]}test/tabs/page.html`);
  await page.waitForFunction(() => 'begin' in window);
  await page.evaluate(([url, after, withWorker]) => window.begin(url, after, withWorker), [
    `${url}/${how}`,
    after,
    withWorker,
  ] as const);
  return page;
}

const seenBy = (page: Page): Promise<RunnelEvent[]> => page.evaluate(() => window.tab.events);

/** Once the turn has ended there. */
async function logOf(page: Page): Promise<RunnelEvent[]> {
  await page.waitForFunction(() => window.tab.isDone, null, { timeout: 50_000 });
  return (await seenBy(page)).filter(event => 'turn_id' in event);
}

const some = (page: Page) => page.waitForFunction(() => window.tab.events.some(event => 'turn_id' in event));

const connections = async (url: string): Promise<number> =>
  ((await (await fetch(`${url}/seen`)).json()) as Seen[]).filter(visit => visit.path === 'stream').length;

describe.each([
  ['a lock', false],
  ['a worker', true],
])('with %s', (_, withWorker) => {
  test('ten tabs have one connection, and everything, each', async () => {
    const url = session();
    const tabs = [await open(url, withWorker, '0')];
    for (let next = 1; next < 10; next++) tabs.push(await open(url, withWorker, '0'));

    for (const tab of tabs) expect(await logOf(tab)).toEqual(log);
    expect(await connections(url)).toBe(1);
    // None of the six connections to one server is missing to other requests.
    const status = await tabs[9]?.evaluate(async url => (await fetch(`${url}/seen`)).status, url);
    expect(status).toBe(200);
  });

  test('a tab that comes later goes on from now, or from its own place', async () => {
    const url = session();
    const first = await open(url, withWorker, '0');
    await some(first);
    const second = await open(url, withWorker);
    const third = await open(url, withWorker, 'g.1');

    expect(await logOf(first)).toEqual(log);
    expect(await logOf(third)).toEqual(log.slice(1));
    await logOf(second);
    const [opening, ...rest] = await seenBy(second);
    expect(opening?.type).toBe('connected');
    expect(rest).toEqual(log.slice(-rest.length));
    expect(await connections(url)).toBe(1);
  });

  test('a tab whose place nobody knows is told to read again', async () => {
    const url = session();
    await some(await open(url, withWorker, '0'));
    const lost = await open(url, withWorker, 'h.7');

    await logOf(lost);
    expect((await seenBy(lost))[0]).toMatchObject({ type: 'resync', thread_id: 't' });
  });

  test('a tab that closes takes nothing from the others', async () => {
    const url = session();
    const first = await open(url, withWorker, '0');
    const others = [await open(url, withWorker, '0'), await open(url, withWorker, '0')];
    for (const tab of others) await some(tab);

    await first.close();

    for (const tab of others) expect(await logOf(tab)).toEqual(log);
  });
});

test('a holder that freezes is replaced, and does not disturb when it wakes', async () => {
  const url = session();
  // The rest comes over another connection only.
  const stuck = 'first-holds';
  const holder = await open(url, false, '0', stuck);
  await some(holder);
  const others = [await open(url, false, '0', stuck), await open(url, false, '0', stuck)];
  for (const tab of others) await some(tab);
  const devtools = await context.newCDPSession(holder);
  // Nothing of it runs any more, and the lock stays where it is.
  await devtools.send('Debugger.enable');
  await devtools.send('Debugger.pause');

  for (const tab of others) expect(await logOf(tab)).toEqual(log);
  expect(await connections(url)).toBe(2);
  await devtools.send('Debugger.disable');
  expect(await logOf(holder)).toEqual(log);
  for (const tab of others) expect((await seenBy(tab)).filter(event => 'turn_id' in event)).toEqual(log);
});

test.each([
  ['no locks, as without TLS', () => Object.defineProperty(navigator, 'locks', { value: undefined })],
  ['no channels', () => Object.defineProperty(window, 'BroadcastChannel', { value: undefined })],
  [
    'locks that are denied',
    () => {
      navigator.locks.request = () => Promise.reject(new DOMException('Denied.', 'SecurityError'));
    },
  ],
  [
    'storage that is denied and full',
    () => {
      const deny = () => {
        throw new DOMException('Denied.', 'SecurityError');
      };
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
        Object.defineProperty(window, name, { get: deny });
    },
  ],
])('with %s each tab has everything all the same', async (_, deprive) => {
  const url = session();
  await context.addInitScript(deprive);
  const tabs = [await open(url, false, '0', 'plain'), await open(url, false, '0', 'plain')];

  for (const tab of tabs) expect(await logOf(tab)).toEqual(log);
});
