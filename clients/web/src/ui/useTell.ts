import type { Problem } from '../api/answer';
import { useWords } from '../i18n/useWords';
import { say } from './toasts';

/** Says at the foot of the page why something was refused; nothing where it was not. */
export function useTell(): (problem: Problem | null) => void {
  const { reason } = useWords();
  return problem => {
    if (problem) say(reason(problem));
  };
}
