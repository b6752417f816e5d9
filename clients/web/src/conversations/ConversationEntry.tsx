import { type CSSProperties, memo } from 'react';
import { Link } from 'wouter';
import { useWords } from '../i18n/useWords';
import type { Row } from '../live/types';
import { useSelect } from '../state/store';
import { ConversationMenu } from './ConversationMenu';
import { Renaming } from './Renaming';
import { renaming } from './renamed';

interface Props {
  row: Row;
  isCurrent: boolean;
  place: CSSProperties;
  index: number;
  count: number;
}

export const ConversationEntry = memo(function ConversationEntry({ row, isCurrent, place, index, count }: Props) {
  const { t } = useWords();
  const renames = useSelect(renaming, now => now === `list:${row.thread_id}`);
  const title = row.title || t('untitled');
  return (
    // biome-ignore lint/a11y/useSemanticElements: its list is no <ul>, since rows are placed in it.
    <div
      role="listitem"
      aria-posinset={index}
      aria-setsize={count}
      className="entry"
      data-testid="conversation"
      data-running={row.running}
      style={place}
    >
      {renames ? (
        <Renaming thread={row.thread_id} title={row.title} />
      ) : (
        <>
          <Link
            href={`/c/${row.thread_id}`}
            className="entry-link"
            aria-current={isCurrent ? 'page' : undefined}
            title={title}
          >
            {row.running && <span className="running" role="img" aria-label={t('running')} />}
            <span className="entry-name">{title}</span>
          </Link>
          <ConversationMenu row={row} place="list" />
        </>
      )}
    </div>
  );
});
