import { useLocation } from 'wouter';
import { useWords } from '../i18n/useWords';
import { useSession } from '../live/session';
import { DRAFT } from '../live/state';
import type { Message } from '../live/types';
import { focusOn } from '../ui/focusOn';
import { IconButton } from '../ui/IconButton';
import { ProblemLine } from '../ui/ProblemLine';

/** A message that did not reach the server: why, and what can be done about it. */
export function Unsent({ thread, message }: { thread: string; message: Message }) {
  const { t } = useWords();
  const session = useSession();
  const [, navigate] = useLocation();
  const again = async () => {
    const became = await session.resend(message);
    if (thread === DRAFT && became) navigate(`/c/${became}`, { replace: true });
  };
  const discard = () => {
    session.discard(message);
    focusOn('message-box');
  };
  return (
    <div className="unsent">
      <span className="soft">{t('notSent')}</span>
      <ProblemLine problem={message.problem ?? { code: 'network' }} onRetry={() => void again()} />
      <IconButton icon="close" small label={t('delete')} onClick={discard} />
    </div>
  );
}
