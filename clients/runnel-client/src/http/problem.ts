/** What the server says when it refuses (RFC 9457). `code` is stable and for programs, `detail` is for people. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title?: string;
  readonly detail?: string;
  readonly trace_id?: string;
}

/** The server answered, and refused. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  /** How long to wait before asking again, where the server said so. */
  readonly retryAfterMs: number | undefined;

  constructor(problem: Problem, retryAfterMs?: number) {
    super(problem.detail ?? problem.title ?? `The server answered ${problem.status}.`);
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): string {
    return this.problem.code;
  }

  /** Reads the refusal; a body that is not a problem, of a proxy say, gives the code `refused`. */
  static async from(response: Response): Promise<ProblemError> {
    const { status } = response;
    const after = retryAfterMs(response.headers.get('retry-after'), response.headers.get('date'));
    try {
      const body = await response.json();
      if (typeof body?.code === 'string') return new ProblemError({ ...body, status }, after);
    } catch {
      // Not JSON: the status is all there is.
    }
    return new ProblemError({ status, code: 'refused' }, after);
  }
}

/** No answer: the network, the server, or something between is away. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';

  constructor(cause: unknown) {
    super('The server cannot be reached.', { cause });
  }
}

const longestGuessMs = 60_000;

/** `Retry-After`: seconds, or a date, of the server's clock; this one may be wrong, and then a minute is the most. */
export function retryAfterMs(header: string | null, serverDate: string | null): number | undefined {
  if (!header) return undefined;
  if (/^\d+(\.\d+)?$/.test(header.trim())) return Number(header) * 1000;
  const until = Date.parse(header);
  if (Number.isNaN(until)) return undefined;
  const now = Date.parse(serverDate ?? '');
  const ms = Number.isNaN(now) ? Math.min(longestGuessMs, until - Date.now()) : until - now;
  return Math.max(0, ms);
}
