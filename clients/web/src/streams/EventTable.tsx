import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { clock } from '../i18n/formats';
import { useWords } from '../i18n/useWords';
import type { Recorded } from './record';

const tones: Record<string, string> = {
  connected: 'ok',
  resync: 'warn',
  conversation_error: 'bad',
  ai_response_complete: 'ok',
  ai_response_reset: 'warn',
};

/** The newest event last, and in view while one looks at the end. */
export function EventTable({ events }: { events: readonly Recorded[] }) {
  const { t, language } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<Recorded | null>(null);
  const view = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 30,
    overscan: 20,
  });

  useEffect(() => {
    const box = scroller.current;
    if (box && box.scrollHeight - box.scrollTop - box.clientHeight < 120) view.scrollToIndex(events.length - 1);
  }, [events.length, view]);

  return (
    <>
      <div className="event-head" aria-hidden="true">
        <span>{t('time')}</span>
        <span>{t('sinceLast')}</span>
        <span>{t('event')}</span>
        <span>{t('cursor')}</span>
        <span>{t('data')}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
      <section className="event-list" ref={scroller} data-testid="events" aria-label={t('streamsTitle')} tabIndex={0}>
        {events.length === 0 && <p className="list-empty soft">{t('noEvents')}</p>}
        <div style={{ height: view.getTotalSize(), position: 'relative' }}>
          {view.getVirtualItems().map(item => {
            const event = events[item.index];
            if (!event) return null;
            const before = events[item.index - 1];
            return (
              <button
                type="button"
                key={event.order}
                className="event-row"
                aria-pressed={chosen === event}
                style={{ transform: `translateY(${item.start}px)` }}
                onClick={() => setChosen(chosen === event ? null : event)}
              >
                <span>{clock(new Date(performance.timeOrigin + event.at), language)}</span>
                <span>{before ? `+${Math.round(event.at - before.at)} ms` : ''}</span>
                <span className={tones[event.name] ?? ''}>
                  {event.name}
                  {event.skipped > 0 && <em className="merged">{t('merged', { count: event.skipped })}</em>}
                </span>
                <span>{event.id}</span>
                <span>{event.data}</span>
              </button>
            );
          })}
        </div>
      </section>
      {chosen && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
        <pre className="event-detail" tabIndex={0}>
          {JSON.stringify(JSON.parse(chosen.data), null, 2)}
        </pre>
      )}
    </>
  );
}
