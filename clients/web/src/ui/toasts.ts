import { create } from '../state/store';

export interface Toast {
  id: number;
  text: string;
  action?: { label: string; run: () => void };
}

let last = 0;

/** What is said for a moment at the foot of the page. */
export const toasts = create<Toast[]>([]);

/** Says something, and answers how to take it back. It stays while it offers an action that still can be taken. */
export function say(text: string, action?: Toast['action'], lasts = 5000): () => void {
  const id = ++last;
  const take = () => toasts.set(all => all.filter(toast => toast.id !== id));
  toasts.set(all => [...all.slice(-2), { id, text, action }]);
  setTimeout(take, lasts);
  return take;
}

export const takeAway = (id: number) => toasts.set(all => all.filter(toast => toast.id !== id));
