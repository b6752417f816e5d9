import type { ComponentType } from 'react';
import { create } from '../state/store';

/** What makes Markdown of a text; null until it is here. It is as large as the rest of the page, which does not wait for it. */
export const renderer = create<ComponentType<{ text: string; live: boolean }> | null>(null);

let asked = false;

/** Where it fails the next text asks again. */
export function loadRenderer() {
  if (asked) return;
  asked = true;
  import('./BlockList').then(
    ({ BlockList }) => renderer.set(() => BlockList),
    () => {
      asked = false;
    },
  );
}

loadRenderer();
