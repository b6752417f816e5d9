import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { misbehaviours, type Visit } from './misbehaviours.ts';
import { log, numberOf } from './script.ts';

/** What a test can ask about afterwards. */
export interface Seen {
  readonly path: string;
  readonly cursor: string | null;
  readonly authorization: string | null;
  readonly at: number;
}

/**
 * One server that misbehaves by path: `/{session}/{misbehaviour}/stream`, `…/events` for the long-poll, and
 * `/{session}/seen` for what was asked so far. Sessions know nothing of each other.
 */
export async function startServer(): Promise<{ url: string; stop: () => void }> {
  const sessions = new Map<string, Seen[]>();
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, session = '', name = '', kind = ''] = url.pathname.split('/');
    allowAnyOrigin(response);
    if (request.method === 'OPTIONS') {
      response.end();
      return;
    }
    const seen = sessions.get(session) ?? [];
    sessions.set(session, seen);
    if (name === 'seen') {
      sendJson(response, seen);
      return;
    }
    const cursor = header(request, 'last-event-id') ?? url.searchParams.get('after');
    const before = seen.filter(other => other.path === kind).length;
    const authorization = header(request, 'authorization');
    seen.push({ path: kind, cursor, authorization, at: performance.now() });
    const visit: Visit = { number: before + 1, cursor, authorization, request, response, seen };
    const misbehave = misbehaviours[name];
    if (!misbehave) response.writeHead(501).end();
    else if (kind === 'events') sendPage(visit, url);
    else misbehave(visit);
  });
  server.listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

function sendPage({ cursor, response }: Visit, url: URL): void {
  const from = numberOf(cursor);
  const page = log.slice(from, from + Math.min(3, Number(url.searchParams.get('limit'))));
  const events = page.map(({ id, ...data }) => ({ id, event: data.type, data }));
  const last = from + page.length;
  sendJson(response, { events, cursor: `g.${last}`, up_to_date: last === log.length });
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}

function allowAnyOrigin(response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-allow-headers', '*, authorization, last-event-id');
  response.setHeader('access-control-allow-methods', '*');
  response.setHeader('access-control-expose-headers', '*');
}
