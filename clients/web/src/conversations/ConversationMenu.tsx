import { useLocation } from 'wouter';
import { useWords } from '../i18n/useWords';
import { useSession } from '../live/session';
import type { Row } from '../live/types';
import { focusOn } from '../ui/focusOn';
import { Menu, type MenuItem } from '../ui/Menu';
import { say } from '../ui/toasts';
import { renaming } from './renamed';
import { UNDO } from './undo';

export function ConversationMenu({ row, place }: { row: Row; place: 'head' | 'list' }) {
  const { t } = useWords();
  const session = useSession();
  const [location, navigate] = useLocation();
  const title = row.title || t('untitled');

  const remove = () => {
    const { undo } = session.remove(row.thread_id);
    const here = location === `/c/${row.thread_id}`;
    if (here) navigate('/');
    focusOn('message-box', 'page');
    say(
      t('deleted', { title }),
      {
        label: t('undo'),
        run: () => {
          undo();
          if (here) navigate(`/c/${row.thread_id}`);
        },
      },
      UNDO,
    );
  };

  const file = (format: string) => `/api/v1/conversations/${row.thread_id}/export?format=${format}`;
  const items: MenuItem[] = [
    { label: t('rename'), icon: 'edit', testId: 'rename', onSelect: () => renaming.set(`${place}:${row.thread_id}`) },
    { label: t('exportMarkdown'), icon: 'download', href: file('markdown'), testId: 'export-markdown' },
    { label: t('exportJson'), icon: 'download', href: file('json'), testId: 'export-json' },
    { label: t('delete'), icon: 'trash', danger: true, testId: 'delete', onSelect: remove },
  ];
  return <Menu label={t('options', { title })} items={items} testId={`${place}-menu`} />;
}
