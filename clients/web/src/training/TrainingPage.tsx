import { useEffect, useState } from 'react';
import { PageHead } from '../app/PageHead';
import { useHuman } from '../humans/useHuman';
import { useWords } from '../i18n/useWords';
import { KnowledgeView } from '../knowledge/KnowledgeView';
import { Missing } from '../messages/Missing';
import { RoundList } from './RoundList';
import { startTraining, type Training } from './startTraining';

/** A digital human being taught: the rounds on one side, what it knows on the other. */
export default function TrainingPage({ id }: { id: number }) {
  const { t } = useWords();
  const human = useHuman(id);
  const [training, setTraining] = useState<Training | null>(null);

  useEffect(() => {
    const started = startTraining(id);
    setTraining(started);
    return () => started.end();
  }, [id]);

  if (human === null) return <Missing />;
  const title = t('trainingOf', { name: human?.name ?? '' });
  return (
    <>
      <PageHead title={title} name={title} />
      {training && human && (
        <div className="training">
          <RoundList training={training} human={human} />
          <KnowledgeView training={training} human={human.id} />
        </div>
      )}
    </>
  );
}
