/** Why something was refused; `code` is the server's, or `network`, or made of the status. */
export interface Problem {
  code: string;
  status: number;
  detail?: string;
  retryAfter?: number;
}

export type Answer<T> = { ok: true; status: number; data: T } | { ok: false; status: number; problem: Problem };

const base = '/api/v1';
let signedOut: () => void = () => {};

/** Called whenever the server says that nobody is signed in. */
export const onSignedOut = (listener: () => void) => {
  signedOut = listener;
};

/** A request to the API with the cookie of this page. Expected failure is a value. */
export async function request<T>(method: string, path: string, body?: unknown, patience = 30_000): Promise<Answer<T>> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(base + path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    });
    text = await response.text();
  } catch {
    return { ok: false, status: 0, problem: { code: 'network', status: 0 } };
  }
  const { status } = response;
  const data = parse(text);
  if (response.ok) return { ok: true, status, data: data as T };
  if (status === 401 && !path.startsWith('/auth/login') && path !== '/auth/me') signedOut();
  const retryAfter = Number(response.headers.get('Retry-After')) || undefined;
  return { ok: false, status, problem: { code: `http_${status}`, ...(data as object), status, retryAfter } };
}

/** A path with its query; what is undefined is left out. */
export function withQuery(path: string, query: Record<string, string | number | undefined>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
