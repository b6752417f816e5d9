import { memo } from 'react';
import { useWords } from '../i18n/useWords';
import { useSession } from '../live/session';
import type { Message } from '../live/types';
import { Markdown } from '../markdown/Markdown';
import { focusOn } from '../ui/focusOn';
import { IconButton } from '../ui/IconButton';
import { useTell } from '../ui/useTell';
import { AnswerActions } from './AnswerActions';
import { AnswerEnd } from './AnswerEnd';
import { Reasoning } from './Reasoning';
import { UsedKnowledge } from './UsedKnowledge';

interface Props {
  thread: string;
  /** Who answers, where that is a digital human. */
  human: number | null;
  message: Message;
  busy: boolean;
  isLast: boolean;
}

const unfinished = new Set(['queued', 'waiting', 'streaming']);

export const Answer = memo(function Answer({ thread, human, message, busy, isLast }: Props) {
  const { t } = useWords();
  const live = unfinished.has(message.status);
  return (
    <li
      className={`message answer ${isLast ? 'last' : ''}`}
      data-testid="message"
      data-role="assistant"
      data-status={message.status}
      aria-busy={live}
    >
      <h2 className="hidden-to-eyes">{t('answer')}</h2>
      {message.reasoning && (
        <Reasoning text={message.reasoning} live={message.status === 'streaming' && !message.content} />
      )}
      {message.content && (
        <div data-testid="message-text" className="answer-text">
          <Markdown text={message.content} live={live} />
        </div>
      )}
      {live ? <Waiting thread={thread} message={message} /> : <AnswerEnd thread={thread} message={message} />}
      {!live && human !== null && <UsedKnowledge human={human} facts={message.knowledge_used} />}
      {!live && message.message_id && <AnswerActions thread={thread} message={message} busy={busy} canRegenerate />}
    </li>
  );
});

/** What happens before there is a word, and the dots while there are some. */
function Waiting({ thread, message }: { thread: string; message: Message }) {
  const { t } = useWords();
  const session = useSession();
  const tell = useTell();
  if (message.status === 'queued') {
    return (
      <p className="waiting" data-testid="queued">
        <span className="soft">
          {message.position > 0 ? t('queued', { position: message.position }) : t('queuedNext')}
        </span>
        {message.turn_id && (
          <IconButton
            icon="close"
            small
            label={t('dequeue')}
            data-testid="dequeue"
            onClick={() => {
              focusOn('message-box');
              void session.stop(thread, message.turn_id ?? undefined).then(tell);
            }}
          />
        )}
      </p>
    );
  }
  const silent = !message.content && !message.reasoning;
  return (
    <p className="waiting">
      <span className="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {silent && <span className="soft">{t('waiting')}</span>}
      {message.attempt > 1 && (
        <span className="soft" data-testid="attempt">
          {t('attempt', { count: message.attempt })}
        </span>
      )}
    </p>
  );
}
