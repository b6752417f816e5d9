import { useCallback, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { Composer } from '../composer/Composer';
import { ConversationHead } from '../conversations/ConversationHead';
import { Greeting } from '../humans/Greeting';
import { useHuman } from '../humans/useHuman';
import { useWords } from '../i18n/useWords';
import { DRAFT, useSession, type WhenBusy } from '../live/session';
import { useSelect } from '../state/store';
import { IconButton } from '../ui/IconButton';
import { ProblemLine } from '../ui/ProblemLine';
import { Announcer } from './Announcer';
import { Earlier } from './Earlier';
import { isBusy } from './isBusy';
import { MessageList } from './MessageList';
import { Missing } from './Missing';
import { NewConversation } from './NewConversation';
import { useStick } from './useStick';

/** One conversation: its head, its messages, and the box to write in. Without a thread: one that is to begin. */
export function ConversationPage({ thread = DRAFT, human }: { thread?: string; human?: number }) {
  const { t } = useWords();
  const session = useSession();
  const [, navigate] = useLocation();
  const talk = useSelect(session.state, state => state.threads[thread]);
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { away, toEnd } = useStick(thread, scroller, content);
  const messages = talk?.messages ?? [];
  const row = useSelect(session.state, state => state.rows.find(one => one.thread_id === thread));
  const partner = human ?? row?.digital_human_id ?? null;
  const partnerName = useHuman(partner)?.name;
  const busy = isBusy(messages);
  const isNew = thread === DRAFT;

  useEffect(() => {
    if (!isNew) session.open(thread);
  }, [session, thread, isNew]);

  const send = useCallback(
    async (text: string, whenBusy: WhenBusy) => {
      const sent = session.send(thread, text, whenBusy, human);
      toEnd();
      const became = await sent;
      if (isNew && became) navigate(`/c/${became}`, { replace: true });
    },
    [session, thread, human, isNew, navigate, toEnd],
  );

  if (talk?.problem?.status === 404) return <Missing />;
  return (
    <>
      <ConversationHead thread={thread} />
      <section ref={scroller} className="scroller" aria-label={t('messages')} tabIndex={-1} data-testid="scroller">
        <div ref={content} className="column">
          {talk?.problem && <ProblemLine problem={talk.problem} onRetry={() => session.reload(thread)} />}
          {talk?.before && <Earlier thread={thread} before={talk.before} scroller={scroller} />}
          {partner !== null && !talk?.before && <Greeting id={partner} />}
          {messages.length > 0 && <MessageList thread={thread} messages={messages} busy={busy} />}
          {isNew && !human && messages.length === 0 && (
            <NewConversation onChoose={text => void send(text, 'enqueue')} />
          )}
          {!isNew && !talk?.loaded && !talk?.problem && (
            <div className="spinner loading" role="status" aria-label={t('loading')} />
          )}
        </div>
      </section>
      <div className="dock">
        {away && <IconButton icon="down" className="latest" label={t('latest')} data-testid="latest" onClick={toEnd} />}
        <Composer
          thread={thread}
          busy={busy}
          human={partnerName}
          onSend={(text, whenBusy) => void send(text, whenBusy)}
        />
      </div>
      <Announcer thread={thread} messages={messages} />
    </>
  );
}
