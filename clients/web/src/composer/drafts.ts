import { keep, recall } from '../state/kept';

const name = (thread: string) => `draft.${thread}`;

/** What was written and not sent, for each conversation, also after a refresh. */
export const draftOf = (thread: string): string => recall(name(thread)) ?? '';

export const keepDraft = (thread: string, text: string) => keep(name(thread), text || null);
