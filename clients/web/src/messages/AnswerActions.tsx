import { useState } from 'react';
import { useWords } from '../i18n/useWords';
import { useSession } from '../live/session';
import type { Message } from '../live/types';
import { CopyButton } from '../ui/CopyButton';
import { IconButton } from '../ui/IconButton';
import { useTell } from '../ui/useTell';
import { AnswerDetails } from './AnswerDetails';
import { BranchPicker } from './BranchPicker';
import { Complaint } from './Complaint';

interface Props {
  thread: string;
  message: Message;
  busy: boolean;
  canRegenerate: boolean;
}

export function AnswerActions({ thread, message, busy, canRegenerate }: Props) {
  const { t } = useWords();
  const session = useSession();
  const tell = useTell();
  const [details, setDetails] = useState(false);
  const [complains, setComplains] = useState(false);
  const { rating } = message;

  const rate = (to: 'up' | 'down') => {
    const next = rating === to ? 'none' : to;
    void session.rate(thread, message, next).then(tell);
    setComplains(next === 'down');
  };

  return (
    <>
      <div className="actions">
        <BranchPicker thread={thread} message={message} disabled={busy} />
        {message.content && <CopyButton text={() => message.content} testId="copy-answer" />}
        {canRegenerate && (
          <IconButton
            icon="again"
            small
            label={t('regenerate')}
            data-testid="regenerate"
            onClick={() => void session.regenerate(thread, message).then(tell)}
          />
        )}
        <IconButton
          icon="up"
          small
          label={t('good')}
          aria-pressed={rating === 'up'}
          data-testid="good"
          onClick={() => rate('up')}
        />
        <IconButton
          icon="dislike"
          small
          label={t('bad')}
          aria-pressed={rating === 'down'}
          data-testid="bad"
          onClick={() => rate('down')}
        />
        <IconButton
          icon="info"
          small
          label={t('details')}
          aria-expanded={details}
          data-testid="details"
          onClick={() => setDetails(!details)}
        />
      </div>
      {complains && <Complaint thread={thread} message={message} onDone={() => setComplains(false)} />}
      {details && <AnswerDetails message={message} />}
    </>
  );
}
