import { request } from '../api/request';
import { create } from '../state/store';

export interface User {
  id: string;
  email: string | null;
  is_administrator: boolean;
}

export interface Setup {
  first_run: boolean;
  registration_open: boolean;
}

/** Who uses the page. `asking` until the server has said it. */
export type Visitor =
  | { state: 'asking' }
  | { state: 'unreachable' }
  | { state: 'nobody'; setup: Setup; wasIn: boolean }
  | { state: 'in'; user: User };

export const visitor = create<Visitor>({ state: 'asking' });

export async function ask(wasIn = false): Promise<void> {
  const me = await request<{ user: User }>('GET', '/auth/me');
  if (me.ok) return visitor.set({ state: 'in', user: me.data.user });
  if (me.status !== 401) return visitor.set({ state: 'unreachable' });
  const setup = await request<Setup>('GET', '/setup');
  visitor.set(setup.ok ? { state: 'nobody', setup: setup.data, wasIn } : { state: 'unreachable' });
}

export async function enter(way: 'login' | 'register', email: string, password: string) {
  const answer = await request<{ user: User }>('POST', `/auth/${way}?use_cookies=true`, { email, password });
  if (answer.ok) visitor.set({ state: 'in', user: answer.data.user });
  return answer;
}

export async function leave() {
  await request('POST', '/auth/logout');
  await ask();
}

export interface Session {
  session_id: string;
  created_at: string;
  seen_at: string;
  client: string | null;
  address: string | null;
  is_current: boolean;
}

export interface ApiKey {
  key_id: string;
  name: string;
  hint: string;
  created_at: string;
  seen_at: string | null;
}

export const sessions = () => request<{ items: Session[] }>('GET', '/auth/sessions');
export const endSession = (id: string) => request('DELETE', `/auth/sessions/${id}`);
export const apiKeys = () => request<{ items: ApiKey[] }>('GET', '/auth/api-keys');
export const makeApiKey = (name: string) => request<ApiKey & { key: string }>('POST', '/auth/api-keys', { name });
export const revokeApiKey = (id: string) => request('DELETE', `/auth/api-keys/${id}`);
export const changePassword = (current_password: string, new_password: string) =>
  request('POST', '/auth/password', { current_password, new_password });
export const deleteAccount = (password: string) => request('DELETE', '/auth/me', { password }, 120_000);
