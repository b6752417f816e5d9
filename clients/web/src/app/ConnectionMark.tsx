import { useEffect, useState, useSyncExternalStore } from 'react';
import { useWords } from '../i18n/useWords';
import { useSession } from '../live/session';
import { useSelect } from '../state/store';

/** A moment without a connection is nobody's business. */
const QUIET = 1500;

const online = {
  subscribe(listener: () => void) {
    addEventListener('online', listener);
    addEventListener('offline', listener);
    return () => {
      removeEventListener('online', listener);
      removeEventListener('offline', listener);
    };
  },
  get: () => navigator.onLine,
};

/** Says, quietly, when the stream is not there, and that it comes back by itself. */
export function ConnectionMark() {
  const { t } = useWords();
  const session = useSession();
  const connection = useSelect(session.state, state => state.connection);
  const isOnline = useSyncExternalStore(online.subscribe, online.get);
  const [late, setLate] = useState(false);

  useEffect(() => {
    if (connection === 'live') return setLate(false);
    const timer = setTimeout(() => setLate(true), QUIET);
    return () => clearTimeout(timer);
  }, [connection]);

  const said = connection === 'live' ? '' : isOnline ? t(connection) : t('offline');
  return (
    <span className="connection" role="status" data-testid="connection" data-state={connection}>
      {late && said && (
        <>
          <span className="connection-dot" aria-hidden="true" />
          <span className="connection-text">{said}</span>
        </>
      )}
    </span>
  );
}
