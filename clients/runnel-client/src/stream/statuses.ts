import { ProblemError } from '../http/problem.ts';
import type { Loss, Outcome } from './end.ts';
import { isPassing } from './passing.ts';

/**
 * What the status of an answer means for a stream; undefined: it is open. Whoever began something (not `waits`) wants to
 * know that there is too much of it already.
 */
export async function judge(response: Response, mediaType: string, waits = true): Promise<Outcome | undefined> {
  const { status } = response;
  if (status === 204) return { kind: 'end', end: { reason: 'gone' } };
  if (response.ok) {
    // The page of a hotel's network, say, instead of the server.
    if (response.headers.get('content-type')?.startsWith(mediaType)) return undefined;
    await response.body?.cancel();
    return lost('malformed', { status });
  }
  const error = await ProblemError.from(response);
  if (status === 404 || status === 410) return { kind: 'end', end: { reason: 'not_found', error } };
  if (status === 401) return { kind: 'end', end: { reason: 'unauthenticated', error } };
  if (isPassing(status) && (waits || status !== 429)) {
    return lost('status', { status, ...(error.retryAfterMs === undefined ? {} : { atLeastMs: error.retryAfterMs }) });
  }
  return { kind: 'end', end: { reason: 'refused', error } };
}

export const lost = (reason: Loss['reason'], more: Omit<Loss, 'reason'> = {}): Outcome => ({
  kind: 'lost',
  loss: { reason, ...more },
});
