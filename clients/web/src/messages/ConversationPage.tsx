import { useCallback, useEffect, useRef } from 'react';
import type { WhenBusy } from 'runnel-client';
import { useLocation } from 'wouter';
import { Missing } from '../app/Missing';
import { Composer } from '../composer/Composer';
import { ConversationHead } from '../conversations/ConversationHead';
import { Greeting } from '../humans/Greeting';
import { useHuman } from '../humans/useHuman';
import { useWords } from '../i18n/useWords';
import { useSession } from '../live/session';
import { beforeOf, DRAFT, isRead, problemOf } from '../live/state';
import { useMessages, useRow } from '../live/useTalk';
import { useSelect } from '../state/store';
import { IconButton } from '../ui/IconButton';
import { ProblemLine } from '../ui/ProblemLine';
import { Announcer } from './Announcer';
import { Earlier } from './Earlier';
import { isBusy } from './isBusy';
import { MessageList } from './MessageList';
import { NewConversation } from './NewConversation';
import { useStick } from './useStick';

/** One conversation: its head, its messages, and the box to write in. Without a thread: one that is to begin. */
export function ConversationPage({ thread = DRAFT, human }: { thread?: string; human?: number }) {
  const { t } = useWords();
  const session = useSession();
  const [, navigate] = useLocation();
  const problem = useSelect(session.state, state => problemOf(state, thread));
  const before = useSelect(session.state, state => beforeOf(state, thread));
  const isHere = useSelect(session.state, state => isRead(state, thread));
  const isShown = useRef(true);
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { away, toEnd } = useStick(thread, scroller, content);
  const messages = useMessages(thread);
  const row = useRow(thread);
  const partner = human ?? row?.digital_human_id ?? null;
  const partnerName = useHuman(partner)?.name;
  const busy = isBusy(messages);
  const isNew = thread === DRAFT;

  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);

  useEffect(() => {
    if (!isNew) session.open(thread);
  }, [session, thread, isNew]);

  const send = useCallback(
    async (text: string, whenBusy: WhenBusy) => {
      const sent = session.send(thread, text, whenBusy, human);
      toEnd();
      const became = await sent;
      // Whoever went elsewhere meanwhile is not called back.
      if (isNew && became && isShown.current) navigate(`/c/${became}`, { replace: true });
    },
    [session, thread, human, isNew, navigate, toEnd],
  );

  if (problem?.status === 404) return <Missing />;
  return (
    <>
      <ConversationHead thread={thread} />
      <section ref={scroller} className="scroller" aria-label={t('messages')} tabIndex={-1} data-testid="scroller">
        <div ref={content} className="column">
          {problem && <ProblemLine problem={problem} onRetry={() => session.reload(thread)} />}
          {before && <Earlier thread={thread} before={before} scroller={scroller} />}
          {partner !== null && !before && <Greeting id={partner} />}
          {messages.length > 0 && <MessageList thread={thread} human={partner} messages={messages} busy={busy} />}
          {isNew && !human && messages.length === 0 && (
            <NewConversation onChoose={text => void send(text, 'enqueue')} />
          )}
          {!isNew && !isHere && !problem && messages.length === 0 && (
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
