import { useLoaded } from '../api/useLoaded';
import { when } from '../i18n/formats';
import { useWords } from '../i18n/useWords';
import { ProblemLine } from '../ui/ProblemLine';
import { ask, endSession, sessions } from './user';

export function SessionsSection() {
  const { t, language } = useWords();
  const { data, problem, again } = useLoaded(sessions);

  const end = async (id: string, isCurrent: boolean) => {
    await endSession(id);
    await (isCurrent ? ask() : again());
  };

  return (
    <section className="section" aria-label={t('sessions')}>
      {problem && <ProblemLine problem={problem} onRetry={() => void again()} />}
      <ul className="cards">
        {data?.map(session => (
          <li key={session.session_id} className="row" data-testid="session">
            <div className="grow">
              <p className="one-line">
                {nameOf(session.client)}
                {session.is_current && <span className="badge">{t('thisSession')}</span>}
              </p>
              <p className="soft">
                {session.address} · {t('seen', { time: when(session.seen_at, language) })}
              </p>
            </div>
            <button type="button" className="button" onClick={() => void end(session.session_id, session.is_current)}>
              {session.is_current ? t('signOut') : t('endSession')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What a browser calls itself, as a person would. */
function nameOf(client: string | null): string {
  if (!client) return '–';
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\/(\d+)/.exec(client);
  const system = /(Windows|Mac OS X|Android|iPhone|iPad|Linux)/.exec(client);
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS' };
  if (!browser) return client;
  const [name, version] = [browser[1] ?? '', browser[2] ?? ''];
  return `${names[name] ?? name} ${version}${system ? ` · ${names[system[1] ?? ''] ?? system[1]}` : ''}`;
}
