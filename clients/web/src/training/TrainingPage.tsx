import { useEffect, useState } from 'react';
import { useSearch } from 'wouter';
import { Missing } from '../app/Missing';
import { PageHead } from '../app/PageHead';
import { useHuman } from '../humans/useHuman';
import { useWords } from '../i18n/useWords';
import { KnowledgeView } from '../knowledge/KnowledgeView';
import { IconButton } from '../ui/IconButton';
import { RoundList } from './RoundList';
import { startTraining, type Training } from './startTraining';

/** A digital human being taught: the rounds on one side, what it knows on the other. */
export default function TrainingPage({ id }: { id: number }) {
  const { t } = useWords();
  const human = useHuman(id);
  const [showsGraph, setShowsGraph] = useState(new URLSearchParams(useSearch()).has('fact'));
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
      <PageHead
        title={title}
        name={title}
        actions={
          <IconButton
            icon="graph"
            className="graph-toggle"
            label={t('showGraph')}
            aria-pressed={showsGraph}
            data-testid="show-graph"
            onClick={() => setShowsGraph(!showsGraph)}
          />
        }
      />
      {training && human && (
        <div className="training" data-shows={showsGraph ? 'graph' : 'rounds'}>
          <RoundList training={training} human={human} />
          <KnowledgeView training={training} human={human.id} />
        </div>
      )}
    </>
  );
}
