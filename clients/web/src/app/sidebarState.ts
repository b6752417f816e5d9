import { create } from '../state/store';

/** Whether the navigation is shown: on wide screens beside the page, on narrow ones above it. */
export const sidebar = create({ open: window.innerWidth > 820 });

export const isNarrow = () => matchMedia('(max-width: 820px)').matches;

export const showSidebar = (open: boolean) => sidebar.set({ open });
