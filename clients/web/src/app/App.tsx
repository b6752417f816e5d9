import { useEffect, useState } from 'react';
import { SignIn } from '../account/SignIn';
import { ask, visitor } from '../account/user';
import { onSignedOut } from '../api/runnel';
import { useWords } from '../i18n/useWords';
import type { Session } from '../live/session';
import { startSession } from '../live/startSession';
import { useStore } from '../state/store';
import { Shell } from './Shell';

/** Tries again by itself while the server cannot be reached. */
const AGAIN = 3000;

export function App() {
  const { t } = useWords();
  const who = useStore(visitor);
  const [session, setSession] = useState<Session | null>(null);
  const user = who.state === 'in' ? who.user.id : null;

  useEffect(() => {
    onSignedOut(() => visitor.get().state === 'in' && void ask(true));
    void ask();
  }, []);

  useEffect(() => {
    if (!user) return;
    const started = startSession(user);
    setSession(started);
    return () => {
      started.end();
      setSession(null);
    };
  }, [user]);

  useEffect(() => {
    if (who.state !== 'unreachable') return;
    const timer = setTimeout(() => void ask(), AGAIN);
    return () => clearTimeout(timer);
  }, [who]);

  if (user && session) return <Shell session={session} />;
  if (who.state === 'nobody') return <SignIn setup={who.setup} wasIn={who.wasIn} />;

  return (
    <main className="gate" aria-busy={who.state === 'asking'}>
      {who.state === 'unreachable' ? (
        <div className="card" role="alert">
          <h1>{t('unreachable')}</h1>
          <button type="button" className="button primary" onClick={() => void ask()}>
            {t('retry')}
          </button>
        </div>
      ) : (
        <div className="spinner" />
      )}
    </main>
  );
}
