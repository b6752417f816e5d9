import { memo, useState } from 'react';
import { useWords } from '../i18n/useWords';
import { useSession } from '../live/session';
import type { Message } from '../live/types';
import { CopyButton } from '../ui/CopyButton';
import { IconButton } from '../ui/IconButton';
import { useTell } from '../ui/useTell';
import { BranchPicker } from './BranchPicker';
import { Editing } from './Editing';
import { Unsent } from './Unsent';

interface Props {
  thread: string;
  message: Message;
  busy: boolean;
}

/** What a person wrote. It is shown as it was written, not as Markdown. */
export const Question = memo(function Question({ thread, message, busy }: Props) {
  const { t } = useWords();
  const session = useSession();
  const tell = useTell();
  const [editing, setEditing] = useState(false);
  const isSaved = message.message_id !== null;

  if (editing) {
    return (
      <li className="message question" data-testid="message" data-role="user">
        <Editing
          text={message.content}
          onCancel={() => setEditing(false)}
          onSave={async text => {
            const problem = await session.edit(thread, message, text);
            tell(problem);
            if (!problem) setEditing(false);
          }}
        />
      </li>
    );
  }

  return (
    <li
      className="message question"
      data-testid="message"
      data-role="user"
      data-status={message.status}
      aria-busy={message.status === 'sending'}
    >
      <h2 className="hidden-to-eyes">{t('you')}</h2>
      <div className="bubble" data-testid="message-text">
        {message.content}
      </div>
      {message.status === 'sending' && <p className="under soft">{t('sending')}</p>}
      {message.status === 'unsent' && <Unsent thread={thread} message={message} />}
      {isSaved && (
        <div className="actions">
          <BranchPicker thread={thread} message={message} disabled={busy} />
          <CopyButton text={() => message.content} />
          <IconButton icon="edit" small label={t('edit')} data-testid="edit" onClick={() => setEditing(true)} />
        </div>
      )}
    </li>
  );
});
