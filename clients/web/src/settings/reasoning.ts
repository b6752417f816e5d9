import { keep, recall } from '../state/kept';
import { create } from '../state/store';

/** Whether thoughts are shown unfolded. */
export const opensReasoning = create(recall('reasoning') === 'open');

export function chooseReasoning(open: boolean) {
  keep('reasoning', open ? 'open' : null);
  opensReasoning.set(open);
}
