import { Link } from 'wouter';
import { AccountSection } from '../account/AccountSection';
import { KeysSection } from '../account/KeysSection';
import { SessionsSection } from '../account/SessionsSection';
import { PageHead } from '../app/PageHead';
import { useWords } from '../i18n/useWords';
import { GeneralSection } from './GeneralSection';

const sections = [
  ['general', 'general', GeneralSection],
  ['account', 'account', AccountSection],
  ['sessions', 'sessions', SessionsSection],
  ['keys', 'apiKeys', KeysSection],
] as const;

export default function SettingsPage({ section }: { section?: string | undefined }) {
  const { t } = useWords();
  const current = sections.find(([name]) => name === section) ?? sections[0];
  const Section = current[2];
  return (
    <>
      <PageHead title={t('settings')} name={t('settings')} />
      <div className="scroller">
        <div className="settings">
          <nav className="tabs" aria-label={t('settings')}>
            {sections.map(([name, word]) => (
              <Link
                key={name}
                href={`/settings/${name}`}
                aria-current={name === current[0] ? 'page' : undefined}
                data-testid={`settings-${name}`}
              >
                {t(word)}
              </Link>
            ))}
          </nav>
          <Section />
        </div>
      </div>
    </>
  );
}
