import { type FormEvent, useState } from 'react';
import type { Problem } from '../api/answer';
import { useLoaded } from '../api/useLoaded';
import { when } from '../i18n/formats';
import { useWords } from '../i18n/useWords';
import { CopyButton } from '../ui/CopyButton';
import { ProblemLine } from '../ui/ProblemLine';
import { type ApiKey, apiKeys, makeApiKey, revokeApiKey } from './user';

export function KeysSection() {
  const { t, language } = useWords();
  const { data, problem, again } = useLoaded(apiKeys);
  const [name, setName] = useState('');
  const [made, setMade] = useState<string | null>(null);
  const [refused, setRefused] = useState<Problem | null>(null);

  const make = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await makeApiKey(name.trim());
    setRefused(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    setMade(answer.data.key);
    setName('');
    await again();
  };

  const revoke = async (key: ApiKey) => {
    if (!confirm(t('revokeSure', { name: key.name }))) return;
    const answer = await revokeApiKey(key.key_id);
    setRefused(answer.ok ? null : answer.problem);
    await again();
  };

  return (
    <section className="section" aria-label={t('apiKeys')}>
      <p className="soft">{t('apiKeysText')}</p>
      {(problem ?? refused) && <ProblemLine problem={problem ?? refused ?? { code: 'unknown' }} />}
      <form className="inline-form" onSubmit={make}>
        <div className="field grow">
          <label htmlFor="key-name">{t('keyName')}</label>
          <input id="key-name" required maxLength={100} value={name} onChange={event => setName(event.target.value)} />
        </div>
        <button type="submit" className="button primary" data-testid="make-key">
          {t('makeKey')}
        </button>
      </form>
      {made && (
        <div className="made-key" role="status">
          <p>{t('keyOnce')}</p>
          <div className="command">
            <code data-testid="made-key">{made}</code>
            <CopyButton text={() => made} />
          </div>
        </div>
      )}
      {data?.length === 0 && <p className="soft">{t('noKeys')}</p>}
      <ul className="cards">
        {data?.map(key => (
          <li key={key.key_id} className="row" data-testid="key">
            <div className="grow">
              <p className="one-line">
                {key.name} <code className="soft">…{key.hint}</code>
              </p>
              <p className="soft">
                {t('created', { time: when(key.created_at, language) })} ·{' '}
                {key.seen_at ? t('seen', { time: when(key.seen_at, language) }) : t('never')}
              </p>
            </div>
            <button type="button" className="button" onClick={() => void revoke(key)}>
              {t('revoke')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
