import { create } from '../state/store';

/** Which title is being changed, and where: `head:` or `list:` and its thread. */
export const renaming = create<string | null>(null);
