import { memo } from 'react';
import { Editing } from '../editing/Editing';
import { edits, keepEdit } from '../editing/edits';
import { useWords } from '../i18n/useWords';
import type { Message } from '../live/types';
import { useSelect } from '../state/store';
import { CopyButton } from '../ui/CopyButton';
import { IconButton } from '../ui/IconButton';
import { BranchPicker } from './BranchPicker';
import { Unsent } from './Unsent';

interface Props {
  thread: string;
  message: Message;
  busy: boolean;
}

/** What a person wrote. It is shown as it was written, not as Markdown. */
export const Question = memo(function Question({ thread, message, busy }: Props) {
  const { t } = useWords();
  const mine = useSelect(edits, all => all[thread]);
  const edit = mine && mine.message.message_id === message.message_id ? mine : null;
  const isSaved = message.message_id !== null;

  if (edit && isSaved) {
    return (
      <li className="message question" data-testid="message" data-role="user">
        <Editing thread={thread} edit={edit} />
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
          <IconButton
            icon="edit"
            small
            label={t('edit')}
            data-testid="edit"
            id={`edit-${message.message_id}`}
            onClick={() => keepEdit(thread, { message, text: message.content })}
          />
        </div>
      )}
    </li>
  );
});
