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
    const after = retryAfterMs(response.headers.get('retry-after'));
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

/** `Retry-After`: seconds, or a date. */
export function retryAfterMs(header: string | null, now = Date.now()): number | undefined {
  if (!header) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
