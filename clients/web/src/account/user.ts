import type { ApiKey, Session, User } from 'runnel-client';
import { answerTo } from '../api/answer';
import { patiently, runnel, visiting } from '../api/runnel';
import { create } from '../state/store';

export type { ApiKey, Session, User };

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
  const me = await answerTo(visiting.account.me());
  if (me.ok) return visitor.set({ state: 'in', user: me.data });
  if (me.problem.status !== 401) return visitor.set({ state: 'unreachable' });
  const setup = await answerTo(visiting.account.setup());
  visitor.set(setup.ok ? { state: 'nobody', setup: setup.data, wasIn } : { state: 'unreachable' });
}

export async function enter(way: 'login' | 'register', email: string, password: string) {
  const { account } = visiting;
  const entering = way === 'login' ? account.loginHere(email, password) : account.registerHere(email, password);
  const answer = await answerTo(entering);
  if (answer.ok) visitor.set({ state: 'in', user: answer.data });
  return answer;
}

export async function leave() {
  await answerTo(visiting.account.logout());
  await ask();
}

const { account } = runnel;

export const sessions = () => answerTo(account.sessions());
export const endSession = (id: string) => answerTo(account.endSession(id));
export const apiKeys = () => answerTo(account.apiKeys());
export const makeApiKey = (name: string) => answerTo(account.makeApiKey(name));
export const revokeApiKey = (id: string) => answerTo(account.revokeApiKey(id));
export const changePassword = (current: string, next: string) => answerTo(account.changePassword(current, next));
export const deleteAccount = (password: string) => answerTo(patiently.account.delete(password));
