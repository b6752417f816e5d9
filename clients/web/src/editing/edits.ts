import type { Message } from '../live/types';
import { create } from '../state/store';

/** A message that is being changed, and what it says by now. */
export interface Edit {
  readonly message: Message;
  readonly text: string;
  /** Whether it is on its way to the server. */
  readonly isSent?: boolean;
}

/** For each conversation. It is kept when its message leaves the screen: somebody may have changed it elsewhere. */
export const edits = create<Readonly<Record<string, Edit>>>({});

export const keepEdit = (thread: string, edit: Edit) => edits.set(all => ({ ...all, [thread]: edit }));

export const endEdit = (thread: string) =>
  edits.set(all => {
    const { [thread]: _, ...others } = all;
    return others;
  });
