import { lazy, Suspense, useEffect, useState } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { loadModels } from '../composer/models';
import { useWords } from '../i18n/useWords';
import { type Session, SessionContext } from '../live/session';
import { ConversationPage } from '../messages/ConversationPage';
import { useStore } from '../state/store';
import { focusOn } from '../ui/focusOn';
import { ToastList } from '../ui/ToastList';
import { Boundary } from './Boundary';
import { Missing } from './Missing';
import { Shortcuts } from './Shortcuts';
import { Sidebar } from './Sidebar';
import { isNarrow, showSidebar, sidebar, useIsNarrow } from './sidebarState';
import { useShortcuts } from './useShortcuts';

const HumansPage = lazy(() => import('../humans/HumansPage'));
const TrainingPage = lazy(() => import('../training/TrainingPage'));
const SettingsPage = lazy(() => import('../settings/SettingsPage'));
const StreamsPage = lazy(() => import('../streams/StreamsPage'));

/** What somebody sees who is signed in: the navigation and one page. */
export function Shell({ session }: { session: Session }) {
  const { t } = useWords();
  const [helps, setHelps] = useState(false);
  const [location] = useLocation();
  const { open } = useStore(sidebar);
  const isCovered = useIsNarrow() && open;
  useShortcuts(session, () => setHelps(true));

  useEffect(() => {
    void loadModels();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: on a narrow screen going somewhere closes what led there.
  useEffect(() => {
    if (!isNarrow() || !sidebar.get().open) return;
    showSidebar(false);
    focusOn('page');
  }, [location]);

  return (
    <SessionContext value={session}>
      <a className="skip" href="#page">
        {t('skip')}
      </a>
      <div className={`shell ${open ? 'with-sidebar' : ''}`}>
        <Sidebar onHelp={() => setHelps(true)} />
        {open && <div className="shade" aria-hidden="true" onClick={() => showSidebar(false)} />}
        <main className="page" id="page" tabIndex={-1} inert={isCovered}>
          <Boundary key={location}>
            <Suspense fallback={<div className="spinner loading" />}>
              <Switch>
                <Route path="/">
                  <ConversationPage />
                </Route>
                <Route path="/c/:thread">{({ thread }) => <ConversationPage thread={thread} />}</Route>
                <Route path="/humans">
                  <HumansPage />
                </Route>
                <Route path="/humans/:id/talk">{({ id }) => <ConversationPage human={Number(id)} />}</Route>
                <Route path="/humans/:id/training">{({ id }) => <TrainingPage id={Number(id)} />}</Route>
                <Route path="/settings/:section?">{({ section }) => <SettingsPage section={section} />}</Route>
                <Route path="/streams">
                  <StreamsPage />
                </Route>
                <Route>
                  <Missing />
                </Route>
              </Switch>
            </Suspense>
          </Boundary>
        </main>
      </div>
      <ToastList />
      {helps && <Shortcuts onClose={() => setHelps(false)} />}
    </SessionContext>
  );
}
