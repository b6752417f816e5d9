import { useWords } from '../i18n/useWords';
import type { Word } from '../i18n/words';
import { useSession } from '../live/session';
import type { Message } from '../live/types';
import { ProblemLine } from '../ui/ProblemLine';
import { useTell } from '../ui/useTell';

/** How an answer ended, where it did not simply end. */
export function AnswerEnd({ thread, message }: { thread: string; message: Message }) {
  const { t } = useWords();
  const session = useSession();
  const tell = useTell();
  if (message.status === 'failed' || message.status === 'interrupted') {
    const problem = message.problem ?? { code: message.status, detail: t(message.status) };
    return (
      <ProblemLine
        problem={problem}
        onRetry={message.message_id ? () => void session.regenerate(thread, message).then(tell) : undefined}
      />
    );
  }
  const word = noteOf(message);
  return word ? <p className="note soft">{t(word)}</p> : null;
}

function noteOf(message: Message): Word | null {
  if (message.status === 'stopped') return message.content || message.reasoning ? 'stopped' : 'neverBegan';
  if (message.finish_reason === 'length') return 'cutShort';
  if (message.finish_reason === 'content_filter') return 'filtered';
  return null;
}
