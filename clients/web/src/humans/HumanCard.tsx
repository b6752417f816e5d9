import { Link } from 'wouter';
import { useWords } from '../i18n/useWords';
import { Menu } from '../ui/Menu';
import { say } from '../ui/toasts';
import { type DigitalHuman, deleteHuman } from './humans';
import { Portrait } from './Portrait';

export function HumanCard({ human, onEdit }: { human: DigitalHuman; onEdit: () => void }) {
  const { t, reason } = useWords();

  const remove = async () => {
    if (!confirm(t('deleteHumanSure', { name: human.name }))) return;
    const answer = await deleteHuman(human.id);
    if (!answer.ok) say(reason(answer.problem));
  };

  return (
    <li className="human-card" data-testid="human">
      <div className="human-card-head">
        <Portrait human={human} />
        <div className="grow">
          <h2 className="one-line">{human.name}</h2>
          <p>
            {human.is_public && <span className="badge">{t('publicMark')}</span>}
            {!human.is_own && <span className="badge">{t('othersMark')}</span>}
          </p>
        </div>
        {human.is_own && (
          <Menu
            label={`${t('more')}: ${human.name}`}
            items={[
              { label: t('editHuman'), icon: 'edit', onSelect: onEdit, testId: 'edit-human' },
              {
                label: t('deleteHuman'),
                icon: 'trash',
                danger: true,
                onSelect: () => void remove(),
                testId: 'delete-human',
              },
            ]}
          />
        )}
      </div>
      <p className="human-persona soft">{human.persona}</p>
      <div className="human-card-foot">
        <Link href={`/humans/${human.id}/talk`} className="button primary" data-testid="talk">
          {t('talk')}
        </Link>
        {human.is_own && (
          <Link href={`/humans/${human.id}/training`} className="button" data-testid="train">
            {t('train')}
          </Link>
        )}
      </div>
    </li>
  );
}
