import { Link } from 'wouter';
import { useWords } from '../i18n/useWords';

/** For an address that leads nowhere, or not any more. */
export function Missing() {
  const { t } = useWords();
  return (
    <div className="missing" data-testid="missing">
      <h1>{t('notFound')}</h1>
      <p className="soft">{t('notFoundText')}</p>
      <Link href="/" className="button primary">
        {t('startOver')}
      </Link>
    </div>
  );
}
