import { keep, recall } from '../state/kept';
import { create } from '../state/store';

export type Theme = 'light' | 'dark' | null;

const stored = recall('theme');

/** Null: as the system. `public/theme.js` sets the stored one before the first paint. */
export const theme = create<Theme>(stored === 'light' || stored === 'dark' ? stored : null);

export function chooseTheme(next: Theme) {
  keep('theme', next);
  theme.set(next);
  if (next) document.documentElement.dataset.theme = next;
  else delete document.documentElement.dataset.theme;
}
