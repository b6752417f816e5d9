import { useSyncExternalStore } from 'react';
import { create } from '../state/store';
import { focusOn } from '../ui/focusOn';

/** Whether the navigation is shown: on wide screens beside the page, on narrow ones above it. */
export const sidebar = create({ open: window.innerWidth > 820 });

const narrow = matchMedia('(max-width: 820px)');

export const isNarrow = () => narrow.matches;

export const useIsNarrow = () =>
  useSyncExternalStore(listener => {
    narrow.addEventListener('change', listener);
    return () => narrow.removeEventListener('change', listener);
  }, isNarrow);

export const showSidebar = (open: boolean) => sidebar.set({ open });

// A window that becomes narrow is not covered at once.
narrow.addEventListener('change', () => showSidebar(!isNarrow()));

/** What lies above the page has the focus while it is there, and gives it back. */
export function toggleSidebar() {
  const open = !sidebar.get().open;
  showSidebar(open);
  if (isNarrow()) focusOn(open ? 'sidebar' : 'menu-button');
}
