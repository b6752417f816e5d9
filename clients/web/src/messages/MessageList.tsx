import { memo } from 'react';
import { LostEdit } from '../editing/LostEdit';
import { useWords } from '../i18n/useWords';
import type { Message } from '../live/types';
import { Answer } from './Answer';
import { Question } from './Question';

interface Props {
  thread: string;
  human: number | null;
  messages: readonly Message[];
  /** Whether a turn runs or waits, which bars changes of branch. */
  busy: boolean;
}

export const MessageList = memo(function MessageList({ thread, human, messages, busy }: Props) {
  const { t } = useWords();
  const last = messages.findLast(message => message.role === 'assistant');
  return (
    <ol className="messages" aria-label={t('messages')}>
      {messages.map(message =>
        message.role === 'user' ? (
          <Question key={message.key} thread={thread} message={message} busy={busy} />
        ) : (
          <Answer
            key={message.key}
            thread={thread}
            human={human}
            message={message}
            busy={busy}
            isLast={message === last}
          />
        ),
      )}
      <LostEdit thread={thread} messages={messages} />
    </ol>
  );
});
