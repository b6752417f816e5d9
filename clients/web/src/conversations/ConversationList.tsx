import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { useWords } from '../i18n/useWords';
import { useSession } from '../live/session';
import { useRows } from '../live/useTalk';
import { useSelect } from '../state/store';
import { ProblemLine } from '../ui/ProblemLine';
import { ConversationEntry } from './ConversationEntry';
import { type Entry, inGroups } from './groups';
import { useFound } from './useFound';

/** All conversations, newest first, as many on the screen as fit on it. */
export function ConversationList({ search, current }: { search: string; current: string | null }) {
  const { t } = useWords();
  const session = useSession();
  const all = useRows();
  const leaving = useSelect(session.state, state => state.leaving);
  const problem = useSelect(session.state, state => state.rowsProblem);
  const next = useSelect(session.state, state => state.runnel.rowsBefore);
  const scroller = useRef<HTMLDivElement>(null);
  const found = useFound(search);
  const listed = found?.rows ?? all;
  const rows = useMemo(() => listed.filter(row => !leaving.has(row.thread_id)), [listed, leaving]);
  const entries = useMemo<Entry[]>(
    () => (search ? rows.map(row => ({ row })) : inGroups(rows, Date.now())),
    [rows, search],
  );

  const view = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: index => (entries[index]?.row ? 40 : 34),
    getItemKey: index => entries[index]?.row?.thread_id ?? entries[index]?.heading ?? index,
    overscan: 12,
  });
  const shown = view.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  const hasMore = !search && !!next;

  useEffect(() => {
    if (hasMore && lastShown >= entries.length - 10) void session.moreRows();
  }, [hasMore, lastShown, entries.length, session]);

  const empty = found
    ? found.busy
      ? t('loading')
      : t('nothingFound')
    : next !== undefined
      ? t('noConversations')
      : '';
  return (
    <div className="list" ref={scroller} data-testid="conversations">
      {problem && <ProblemLine problem={problem} onRetry={() => void session.moreRows()} />}
      {rows.length === 0 && !problem && <p className="list-empty soft">{empty}</p>}
      {/* biome-ignore lint/a11y/useSemanticElements: its rows are placed, and not all of them are there. */}
      <div role="list" aria-label={t('conversations')} style={{ height: view.getTotalSize(), position: 'relative' }}>
        {shown.map(item => {
          const entry = entries[item.index];
          if (!entry) return null;
          const place = { transform: `translateY(${item.start}px)`, height: item.size };
          return entry.row ? (
            <ConversationEntry
              key={item.key}
              row={entry.row}
              isCurrent={entry.row.thread_id === current}
              place={place}
              index={item.index + 1}
              count={entries.length}
            />
          ) : (
            <div key={item.key} className="list-heading" role="presentation" style={place}>
              {t(entry.heading ?? 'older')}
            </div>
          );
        })}
      </div>
    </div>
  );
}
