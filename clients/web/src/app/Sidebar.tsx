import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { visitor } from '../account/user';
import { ConversationList } from '../conversations/ConversationList';
import { useWords } from '../i18n/useWords';
import { useStore } from '../state/store';
import { Icon } from '../ui/Icon';
import { IconButton } from '../ui/IconButton';
import { toggleSidebar } from './sidebarState';

export function Sidebar({ onHelp }: { onHelp: () => void }) {
  const { t } = useWords();
  const [location] = useLocation();
  const [search, setSearch] = useState('');
  const who = useStore(visitor);
  const current = location.startsWith('/c/') ? location.slice(3) : null;
  const on = (path: string) => (location.startsWith(path) ? 'page' : undefined);

  return (
    <nav className="sidebar" id="sidebar" tabIndex={-1} aria-label={t('navigation')}>
      <div className="sidebar-head">
        <Link href="/" className="brand">
          <img src="/logo.svg" alt="" width="28" height="28" />
          Runnel
        </Link>
        <Link
          href="/"
          className="icon-button"
          aria-label={t('newConversation')}
          title={t('newConversation')}
          data-testid="new"
        >
          <Icon name="plus" />
        </Link>
        <IconButton
          icon="close"
          className="only-narrow"
          label={t('close')}
          data-testid="close-menu"
          onClick={toggleSidebar}
        />
      </div>
      <Link href="/humans" className="side-link" aria-current={on('/humans')} data-testid="humans">
        <Icon name="people" />
        {t('humans')}
      </Link>
      <div className="search">
        <Icon name="search" size={16} />
        <input
          type="search"
          id="search-box"
          aria-label={t('searchLabel')}
          placeholder={t('search')}
          value={search}
          data-testid="search"
          onChange={event => setSearch(event.target.value)}
          onKeyDown={event => event.key === 'Escape' && setSearch('')}
        />
      </div>
      <ConversationList search={search} current={current} />
      <div className="sidebar-foot">
        <Link href="/settings" className="side-link who" aria-current={on('/settings')} data-testid="settings">
          <Icon name="settings" />
          <span className="entry-name">{(who.state === 'in' && who.user.email) || t('settings')}</span>
        </Link>
        <Link
          href="/streams"
          className="icon-button"
          aria-label={t('streams')}
          title={t('streams')}
          aria-current={on('/streams')}
          data-testid="streams"
        >
          <Icon name="pulse" />
        </Link>
        <IconButton icon="keyboard" label={t('shortcuts')} onClick={onHelp} data-testid="help" />
      </div>
    </nav>
  );
}
