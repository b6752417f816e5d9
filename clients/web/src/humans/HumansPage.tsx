import { useEffect, useState } from 'react';
import type { Problem } from '../api/answer';
import { PageHead } from '../app/PageHead';
import { useWords } from '../i18n/useWords';
import { useStore } from '../state/store';
import { Icon } from '../ui/Icon';
import { ProblemLine } from '../ui/ProblemLine';
import { HumanCard } from './HumanCard';
import { HumanDialog } from './HumanDialog';
import { type DigitalHuman, humans, loadHumans } from './humans';

export default function HumansPage() {
  const { t } = useWords();
  const all = [...useStore(humans).values()].filter((one): one is DigitalHuman => one !== null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [loaded, setLoaded] = useState(false);
  const [edited, setEdited] = useState<DigitalHuman | 'new' | null>(null);

  const load = async () => {
    let before: string | undefined;
    do {
      const answer = await loadHumans(before);
      setProblem(answer.ok ? null : answer.problem);
      before = answer.ok ? (answer.data.next_before ?? undefined) : undefined;
    } while (before);
    setLoaded(true);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page is shown.
  useEffect(() => {
    void load();
  }, []);

  return (
    <>
      <PageHead
        title={t('humans')}
        name={t('humans')}
        actions={
          <button type="button" className="button primary" data-testid="new-human" onClick={() => setEdited('new')}>
            <Icon name="plus" size={16} />
            {t('newHuman')}
          </button>
        }
      />
      <div className="scroller">
        <div className="settings">
          <p className="soft">{t('humansText')}</p>
          {problem && <ProblemLine problem={problem} onRetry={() => void load()} />}
          {loaded && !problem && all.length === 0 && <p className="list-empty soft">{t('noHumans')}</p>}
          <ul className="human-cards">
            {all
              .toSorted((a, b) => b.id - a.id)
              .map(human => (
                <HumanCard key={human.id} human={human} onEdit={() => setEdited(human)} />
              ))}
          </ul>
        </div>
      </div>
      {edited && <HumanDialog human={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  );
}
