import { Link } from 'wouter';
import { useWords } from '../i18n/useWords';
import { Icon } from '../ui/Icon';
import { PageHead } from './PageHead';

/** For an address that leads nowhere, or not any more. */
export function Missing() {
  const { t } = useWords();
  return (
    <>
      <PageHead title={t('notFound')} name={t('notFound')} />
      <div className="missing" data-testid="missing">
        <Icon name="search" size={40} />
        <p className="soft">{t('notFoundText')}</p>
        <Link href="/" className="button primary">
          {t('startOver')}
        </Link>
      </div>
    </>
  );
}
