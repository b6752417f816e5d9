import { useWords } from '../i18n/useWords';
import { useSession } from '../live/session';
import type { Message } from '../live/types';
import { IconButton } from '../ui/IconButton';
import { ProblemLine } from '../ui/ProblemLine';

/** A message that did not reach the server: why, and what can be done about it. */
export function Unsent({ thread, message }: { thread: string; message: Message }) {
  const { t } = useWords();
  const session = useSession();
  return (
    <div className="unsent">
      <span className="soft">{t('notSent')}</span>
      <ProblemLine problem={message.problem ?? { code: 'network' }} onRetry={() => session.resend(thread, message)} />
      <IconButton icon="close" small label={t('delete')} onClick={() => session.discard(thread, message)} />
    </div>
  );
}
