import { type ReactNode, useEffect } from 'react';
import { useWords } from '../i18n/useWords';
import { useStore } from '../state/store';
import { IconButton } from '../ui/IconButton';
import { ConnectionMark } from './ConnectionMark';
import { sidebar, toggleSidebar } from './sidebarState';

interface Props {
  title: ReactNode;
  /** The title as text, for the browser's own. */
  name: string;
  actions?: ReactNode;
}

export function PageHead({ title, name, actions }: Props) {
  const { t } = useWords();
  const { open } = useStore(sidebar);

  useEffect(() => {
    document.title = `${name} · Runnel`;
  }, [name]);

  return (
    <header className="page-head">
      <IconButton
        icon="menu"
        label={t('menu')}
        aria-expanded={open}
        aria-controls="sidebar"
        data-testid="menu"
        id="menu-button"
        onClick={toggleSidebar}
      />
      <h1 className="page-title" data-testid="title">
        {title}
      </h1>
      <ConnectionMark />
      {actions}
    </header>
  );
}
