import type { Tokens } from '../http/credentials.ts';
import type { Transport } from '../http/transport.ts';
import { path } from './path.ts';

export interface User {
  readonly id: string;
  readonly email: string | null;
  readonly is_administrator: boolean;
}

export interface Session {
  readonly session_id: string;
  readonly created_at: string;
  readonly seen_at: string;
  readonly expires_at: string;
  readonly client: string;
  readonly address: string;
  readonly is_current: boolean;
}

export interface ApiKey {
  readonly key_id: string;
  readonly name: string;
  readonly hint: string;
  readonly created_at: string;
  readonly seen_at: string | null;
}

/** Signing in and out, and what concerns the account. */
export class Account {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** What a page must know before anybody signed in. */
  setup(): Promise<{ readonly first_run: boolean; readonly registration_open: boolean }> {
    return this.#transport.json(path`/setup`);
  }

  /** With tokens, for programs; hand them to `BearerTokens`. */
  register(email: string, password: string): Promise<Tokens> {
    return this.#post(path`/auth/register`, { email, password });
  }

  login(email: string, password: string): Promise<Tokens> {
    return this.#post(path`/auth/login`, { email, password });
  }

  /** With the server's own cookie, for pages of its origin. */
  async registerHere(email: string, password: string): Promise<User> {
    return (await this.#post<{ user: User }>(`${path`/auth/register`}?use_cookies=true`, { email, password })).user;
  }

  async loginHere(email: string, password: string): Promise<User> {
    return (await this.#post<{ user: User }>(`${path`/auth/login`}?use_cookies=true`, { email, password })).user;
  }

  refresh(refreshToken: string): Promise<Tokens> {
    return this.#post(path`/auth/refresh`, { refresh_token: refreshToken });
  }

  logout(): Promise<void> {
    return this.#post(path`/auth/logout`);
  }

  async me(signal?: AbortSignal): Promise<User> {
    return (await this.#transport.json<{ user: User }>(path`/auth/me`, { signal })).user;
  }

  /** Ends all other sessions. New tokens, or none where the caller came with the cookie. */
  changePassword(current: string, next: string): Promise<Tokens | { readonly user: User }> {
    return this.#post(path`/auth/password`, { current_password: current, new_password: next });
  }

  /** Deletes the account and everything that is its owner's. */
  delete(password?: string): Promise<void> {
    return this.#transport.json(path`/auth/me`, { method: 'DELETE', body: { password } });
  }

  async sessions(): Promise<readonly Session[]> {
    return (await this.#transport.json<{ items: Session[] }>(path`/auth/sessions`)).items;
  }

  endSession(sessionId: string): Promise<void> {
    return this.#transport.json(path`/auth/sessions/${sessionId}`, { method: 'DELETE' });
  }

  async apiKeys(): Promise<readonly ApiKey[]> {
    return (await this.#transport.json<{ items: ApiKey[] }>(path`/auth/api-keys`)).items;
  }

  /** The key itself is in this answer, and never again. */
  makeApiKey(name: string): Promise<Omit<ApiKey, 'seen_at'> & { readonly key: string }> {
    return this.#post(path`/auth/api-keys`, { name });
  }

  revokeApiKey(keyId: string): Promise<void> {
    return this.#transport.json(path`/auth/api-keys/${keyId}`, { method: 'DELETE' });
  }

  /** For `EventSource`, which cannot send a header: goes into the URL as `ticket`. */
  streamTicket(
    of: { readonly thread_id?: string; readonly digital_human_id?: number } = {},
  ): Promise<{ readonly ticket: string; readonly expires_at: string }> {
    return this.#post(path`/auth/stream-ticket`, of);
  }

  #post<T>(url: string, body: unknown = {}): Promise<T> {
    return this.#transport.json(url, { method: 'POST', body });
  }
}
