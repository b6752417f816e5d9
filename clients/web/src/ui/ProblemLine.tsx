import type { Problem } from '../api/answer';
import { useWords } from '../i18n/useWords';
import { Icon } from './Icon';

interface Props {
  problem: Pick<Problem, 'code' | 'detail'> & { status?: number };
  onRetry?: (() => void) | undefined;
}

/** What went wrong, where it went wrong, and how to try again. */
export function ProblemLine({ problem, onRetry }: Props) {
  const { t, reason } = useWords();
  return (
    <div className="problem" role="alert" data-testid="error">
      <Icon name="warning" />
      <span>{reason(problem)}</span>
      {onRetry && (
        <button type="button" className="button" onClick={onRetry} data-testid="retry">
          {t('retry')}
        </button>
      )}
    </div>
  );
}
