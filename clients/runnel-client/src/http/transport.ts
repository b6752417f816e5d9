import type { Credentials } from './credentials.ts';
import { ProblemError, UnreachableError } from './problem.ts';

export interface TransportOptions {
  /** Scheme and host of the server; in a page by default the page's own. */
  readonly baseUrl?: string;
  readonly credentials?: Credentials;
  /** Whether the cookie goes along to another origin. `same-origin` by default. */
  readonly cookies?: RequestCredentials;
  /** Another `fetch`, for tests or a runtime without one. */
  readonly fetch?: typeof fetch;
}

export interface RequestOptions {
  readonly method?: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Requests to one server as one caller. */
export class Transport {
  readonly #options: TransportOptions;
  readonly #fetch: typeof fetch;

  constructor(options: TransportOptions = {}) {
    this.#options = options;
    this.#fetch = options.fetch ?? ((...request) => fetch(...request));
  }

  /** The answer, whatever its status; after 401 the credentials are refreshed and it is asked once more. */
  async ask(path: string, options: RequestOptions = {}): Promise<Response> {
    const response = await this.#once(path, options);
    const { credentials } = this.#options;
    if (response.status !== 401 || !credentials?.refresh) return response;
    if (!(await unlessUnreachable(() => credentials.refresh?.(), options.signal))) return response;
    await response.body?.cancel();
    return this.#once(path, options);
  }

  /** The body of an answer with success as JSON; undefined where there is none. Else throws {@link ProblemError}. */
  async json<T>(path: string, options: RequestOptions = {}): Promise<T> {
    const response = await this.ask(path, options);
    if (!response.ok) throw await ProblemError.from(response);
    if (response.status === 204) return undefined as T;
    return unlessUnreachable(() => response.json() as Promise<T>, options.signal);
  }

  #url(path: string, query: RequestOptions['query'] = {}): string {
    const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
    return `${(this.#options.baseUrl ?? '').replace(/\/$/, '')}${path}${search && `?${search}`}`;
  }

  async #once(path: string, options: RequestOptions): Promise<Response> {
    const headers = new Headers(await this.#options.credentials?.headers?.());
    for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
    const init: RequestInit = { method: options.method ?? 'GET', headers, cache: 'no-store' };
    init.credentials = this.#options.cookies ?? 'same-origin';
    if (options.signal) init.signal = options.signal;
    if (options.body !== undefined) {
      headers.set('content-type', 'application/json');
      init.body = JSON.stringify(options.body);
    }
    return unlessUnreachable(() => this.#fetch(this.#url(path, options.query), init), options.signal);
  }
}

async function unlessUnreachable<T>(ask: () => Promise<T> | undefined, signal?: AbortSignal): Promise<T> {
  try {
    return (await ask()) as T;
  } catch (error) {
    if (signal?.aborted || error instanceof ProblemError) throw error;
    throw new UnreachableError(error);
  }
}
