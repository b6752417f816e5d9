import { ProblemError, UnreachableError } from '../http/problem.ts';
import { Backoff } from '../stream/backoff.ts';
import { defaultTuning } from '../stream/tuning.ts';
import { wait } from '../stream/wake.ts';

const attempts = 4;
const longestMs = 10_000;

/** Asks again where there was no answer, or the server is about to be back. Only for what is harmless to repeat. */
export async function again<T>(ask: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  const backoff = new Backoff(defaultTuning);
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const atLeastMs = worthAnother(error);
      if (attempt === attempts || atLeastMs === undefined || signal?.aborted) throw error;
      await wait(backoff.next(atLeastMs), signal ?? never, atLeastMs);
    }
  }
}

const never = new AbortController().signal;

function worthAnother(error: unknown): number | undefined {
  if (error instanceof UnreachableError) return 0;
  if (!(error instanceof ProblemError) || error.status < 502) return undefined;
  const ms = error.retryAfterMs ?? 0;
  return ms <= longestMs ? ms : undefined;
}
