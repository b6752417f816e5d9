import { ProblemError, UnreachableError } from 'runnel-client';

/** Why something was refused; `code` is the server's, or `network`, or `refused` where it is not the server that answered. */
export interface Problem {
  code: string;
  status: number;
  detail?: string;
}

export type Answer<T> = { ok: true; data: T } | { ok: false; problem: Problem };

/** What is asked of the server. Expected failure is a value, which a page can show; only bugs are thrown. */
export async function answerTo<T>(asked: Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, data: await asked };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof UnreachableError) return { code: 'network', status: 0 };
  if (!(error instanceof ProblemError)) throw error;
  const { code, status, detail } = error.problem;
  return { code, status, ...(detail ? { detail } : {}) };
}
