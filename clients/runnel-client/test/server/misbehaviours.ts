import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RunnelEvent } from '../../src/index.ts';
import { connected, frame, log, numberOf } from './script.ts';
import type { Seen } from './server.ts';

/** One request of a stream. `number` counts those of its session from 1. */
export interface Visit {
  readonly number: number;
  readonly cursor: string | null;
  readonly authorization: string | null;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly seen: readonly Seen[];
}

/** A heartbeat so short that a test sees its absence soon. */
const quick = 0.4;

export const misbehaviours: Readonly<Record<string, (visit: Visit) => void>> = {
  plain: visit => whole(visit),
  crlf: visit =>
    stay(
      visit,
      rest(visit).map(event => frame(event, '\r\n')),
    ),
  'byte-order-mark': visit => stay(visit, ['\uFEFF', ...rest(visit).map(event => frame(event))]),
  trickle: visit => trickle(visit),
  stalled: visit => silent(visit, 4),
  'end-after-one': visit => end(visit, rest(visit, quick).slice(0, 2)),
  'cut-in-frame': visit => (rest(visit).length > 3 ? cut(visit) : whole(visit)),
  garbage: visit =>
    visit.number === 1 ? end(visit, [...rest(visit).slice(0, 4)], 'data: {"type":\n\n') : whole(visit),
  'portal-page': visit => (visit.number === 1 ? page(visit) : whole(visit)),
  'reset-thrice': visit => (visit.number <= 3 ? void visit.request.socket.destroy() : whole(visit)),
  '401-once': visit => (visit.authorization === 'Bearer new' ? whole(visit) : refuse(visit, 401, 'unauthenticated')),
  '401': visit => refuse(visit, 401, 'unauthenticated'),
  '400': visit => refuse(visit, 400, 'invalid_cursor'),
  '404': visit => refuse(visit, 404, 'conversation_not_found'),
  '204': visit =>
    numberOf(visit.cursor) === log.length ? void visit.response.writeHead(204).end() : end(visit, rest(visit)),
  '429': visit => (visit.number === 1 ? refuse(visit, 429, 'too_many_streams', '1') : whole(visit)),
  '503': visit => (visit.number === 1 ? refuse(visit, 503, 'draining', '1') : whole(visit)),
  '503-until': visit => (visit.number === 1 ? refuseUntil(visit) : whole(visit)),
  'token-expires': visit => tokenExpires(visit),
  '500-twice': visit => (visit.number <= 2 ? refuse(visit, 500, 'internal') : whole(visit)),
  draining: visit => (visit.number === 1 ? end(visit, [...rest(visit).slice(0, 5), notice]) : whole(visit)),
  'retry-field': visit => (visit.number === 1 ? end(visit, rest(visit).slice(0, 5), 'retry: 700\n\n') : whole(visit)),
  'muted-proxy': visit => void visit.response.writeHead(200, headers).flushHeaders(),
  'muted-whole': () => {},
  'muted-later': visit => silent(visit, 1),
  unknown: visit =>
    stay(visit, ['event: news\ndata: {"type":"news","of":1}\nid: g.0\n\n', ...rest(visit).map(event => frame(event))]),
  'one-at-a-time': visit => oneAtATime(visit, 5),
  '502-then-cut': visit => sometimesBad(visit),
  training: visit =>
    stay(
      visit,
      round({
        type: 'training_complete',
        ...ofRound,
        message: 'Done.',
        question: 'Why?',
        learned: { nodes: [], edges: [] },
        usage,
      }),
    ),
  'training-error': visit =>
    stay(visit, round({ type: 'training_error', ...ofRound, error: 'No.', code: 'upstream_closed', retryable: true })),
  'first-holds': visit =>
    visit.number === 1
      ? stay(
          visit,
          rest(visit)
            .slice(0, 6)
            .map(event => frame(event)),
        )
      : whole(visit),
  slowly: visit => oneAtATime(visit, 150),
};

const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };
const ofRound = { digital_human_id: 7, round_id: 'r', message_id: 'm' };
const usage = { model_calls: 0, input_tokens: 0, output_tokens: 0, estimated: false, steps: [] };
const notice: RunnelEvent = { type: 'server_draining', code: 'server_draining', retry_ms: 700 };

function rest(visit: Visit, heartbeat?: number): RunnelEvent[] {
  const from = numberOf(visit.cursor);
  return [connected(`g.${from}`, heartbeat), ...log.slice(from)];
}

/** Everything, then heartbeats for ever. */
function whole(visit: Visit): void {
  stay(
    visit,
    rest(visit).map(event => frame(event)),
  );
}

function stay({ response }: Visit, frames: readonly string[]): void {
  response.writeHead(200, headers).write(frames.join(''));
  const heart = setInterval(() => response.write(': hb\n\n'), 200);
  response.once('close', () => clearInterval(heart));
}

/** Some, then nothing, on a connection that stays open. */
function silent(visit: Visit, count: number): void {
  visit.response.writeHead(200, headers).write(
    rest(visit, quick)
      .slice(0, count)
      .map(event => frame(event))
      .join(''),
  );
}

function end({ response }: Visit, events: readonly RunnelEvent[], more = ''): void {
  response.writeHead(200, headers).end(events.map(event => frame(event)).join('') + more);
}

/** In pieces of one byte, so that characters, lines and frames are torn. */
function trickle(visit: Visit): void {
  const { response } = visit;
  const bytes = Buffer.from(
    rest(visit)
      .map(event => frame(event))
      .join(''),
  );
  response.writeHead(200, headers);
  response.socket?.setNoDelay(true);
  let at = 0;
  const timer = setInterval(() => {
    for (let next = 0; next < 8 && at < bytes.length; next++) response.write(bytes.subarray(at, ++at));
    if (at === bytes.length) clearInterval(timer);
  }, 1);
  response.once('close', () => clearInterval(timer));
}

/** Resets the connection in the middle of a frame, each time two events further. */
function cut(visit: Visit): void {
  const { request, response } = visit;
  const events = rest(visit);
  const frames = events.map(event => frame(event));
  const torn = frames[3] ?? '';
  const half = torn.slice(0, visit.number % 2 ? torn.length - 1 : torn.length / 2);
  response.writeHead(200, headers).write(frames.slice(0, 3).join('') + half, () => {
    setTimeout(() => request.socket.destroy(), 20);
  });
}

function oneAtATime(visit: Visit, everyMs: number): void {
  const { response } = visit;
  response.writeHead(200, headers);
  const left = rest(visit);
  const timer = setInterval(() => {
    const next = left.shift();
    response.write(next ? frame(next) : ': hb\n\n');
  }, everyMs);
  response.once('close', () => clearInterval(timer));
}

/** Half of it, then a proxy without a server behind it, then the rest. */
function sometimesBad(visit: Visit): void {
  if (visit.number === 1) end(visit, rest(visit).slice(0, 6), 'retry: 10\n\n');
  else if (visit.number === 2) visit.response.writeHead(502).end();
  else if (visit.request.method === 'HEAD') visit.response.writeHead(200, headers).end();
  else whole(visit);
}

function round(last: RunnelEvent): string[] {
  const events: RunnelEvent[] = [
    { type: 'training_start', ...ofRound, message: 'Begun.', id: 'g.1' },
    { type: 'training_chunk', ...ofRound, step: 'context_analysis', kind: 'thinking', content: 'hm', id: 'g.2' },
    { ...last, id: 'g.3' },
  ];
  return events.map(event => frame(event));
}

function page({ response }: Visit): void {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome to the hotel</h1>');
}

function refuse({ response }: Visit, status: number, code: string, retryAfter?: string): void {
  response.writeHead(status, {
    'content-type': 'application/problem+json',
    ...(retryAfter ? { 'retry-after': retryAfter } : {}),
  });
  response.end(JSON.stringify({ status, code, detail: `This is ${code}.`, trace_id: 'x' }));
}

/** A server whose clock is an hour ahead of everybody's. */
function refuseUntil(visit: Visit): void {
  const at = (seconds: number) => new Date(Date.now() + 3_600_000 + seconds * 1000).toUTCString();
  visit.response.setHeader('date', at(0));
  refuse(visit, 503, 'draining', at(2));
}

/** The stream is closed when its token is good no more, in the middle of an answer. */
function tokenExpires(visit: Visit): void {
  if (visit.number === 1) end(visit, rest(visit).slice(0, 6));
  else if (visit.authorization === 'Bearer new') whole(visit);
  else refuse(visit, 401, 'unauthenticated');
}
