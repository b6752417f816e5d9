import { useEffect, useState } from 'react';
import type { KnowledgeGraph, KnowledgeType } from 'runnel-client';
import { useSearch } from 'wouter';
import { answerTo } from '../api/answer';
import { runnel } from '../api/runnel';
import { useWords } from '../i18n/useWords';
import type { Word } from '../i18n/words';
import { useSelect } from '../state/store';
import type { Training } from '../training/startTraining';
import { focusOn } from '../ui/focusOn';
import { GraphPicture } from './GraphPicture';
import { NodeDetail } from './NodeDetail';
import { types } from './types';

/** What a digital human knows: a picture, a filter, and each fact with where it comes from. */
export function KnowledgeView({ training, human }: { training: Training; human: number }) {
  const { t } = useWords();
  const learnings = useSelect(training.state, state => state.learnings);
  const [graph, setGraph] = useState<KnowledgeGraph | null>(null);
  const [type, setType] = useState<KnowledgeType | ''>('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [forgotten, setForgotten] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was learned or forgotten makes it another graph.
  useEffect(() => {
    let over = false;
    const only = type ? { types: [type] } : {};
    void answerTo(runnel.humans.knowledge(human, { limit: 500, ...only })).then(answer => {
      if (!over && answer.ok) setGraph(answer.data);
    });
    return () => {
      over = true;
    };
  }, [human, type, learnings, forgotten]);

  const forget = async (id: string) => {
    await answerTo(runnel.humans.forget(human, id));
    setChosen(null);
    focusOn('kinds');
    setForgotten(forgotten + 1);
  };

  const wanted = new URLSearchParams(useSearch()).get('fact');
  useEffect(() => {
    const edge = graph?.edges.find(one => one.id === wanted);
    const node = graph?.nodes.find(one => one.id === (edge?.source ?? wanted));
    if (node) setChosen(node.id);
    // What was learned since does not take the reader back to where the link led.
    if (graph && wanted) history.replaceState(history.state, '', location.pathname);
  }, [graph, wanted]);

  const node = graph?.nodes.find(one => one.id === chosen);
  const counts = graph?.statistics;
  return (
    <section className="graph-side" aria-label={t('knowledgeGraph')} data-testid="knowledge">
      <div className="graph-tools">
        <select
          id="kinds"
          aria-label={t('allTypes')}
          value={type}
          data-testid="types"
          onChange={event => setType(event.target.value as KnowledgeType | '')}
        >
          <option value="">{t('allTypes')}</option>
          {types.map(one => (
            <option key={one} value={one}>
              {t(`type.${one}` as Word)} {counts?.by_type?.[one] ? `(${counts.by_type[one]})` : ''}
            </option>
          ))}
        </select>
        {counts && (
          <span className="soft" data-testid="statistics">
            {t('nodesCount', { count: counts.nodes })} · {t('edgesCount', { count: counts.edges })} ·{' '}
            {t('factsCount', { count: counts.facts })}
          </span>
        )}
      </div>
      {graph && graph.nodes.length > 0 ? (
        <GraphPicture graph={graph} chosen={chosen} onChoose={setChosen} />
      ) : (
        <div className="graph-picture">{graph && <p className="list-empty soft">{t('noKnowledge')}</p>}</div>
      )}
      {graph && node && (
        <NodeDetail
          node={node}
          graph={graph}
          rounds={training.state.get().rounds}
          onChoose={setChosen}
          onForget={() => void forget(node.id)}
        />
      )}
    </section>
  );
}
