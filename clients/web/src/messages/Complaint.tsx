import { type FormEvent, useState } from 'react';
import { useWords } from '../i18n/useWords';
import { useSession } from '../live/session';
import type { Message } from '../live/types';
import { say } from '../ui/toasts';

interface Props {
  thread: string;
  message: Message;
  onDone: () => void;
}

/** What was wrong with an answer, in the reader's words. The rating itself is given already. */
export function Complaint({ thread, message, onDone }: Props) {
  const { t, reason } = useWords();
  const session = useSession();
  const [comment, setComment] = useState('');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    onDone();
    if (!comment.trim()) return;
    const problem = await session.rate(thread, message, 'down', comment.trim());
    say(problem ? reason(problem) : t('thanks'));
  };

  return (
    <form className="complaint" onSubmit={submit} onKeyDown={event => event.key === 'Escape' && onDone()}>
      <input
        className="input"
        maxLength={2000}
        // biome-ignore lint/a11y/noAutofocus: it answers the button just pressed.
        autoFocus
        aria-label={t('comment')}
        placeholder={t('comment')}
        value={comment}
        data-testid="comment"
        onChange={event => setComment(event.target.value)}
      />
      <button type="submit" className="button">
        {t('send')}
      </button>
    </form>
  );
}
