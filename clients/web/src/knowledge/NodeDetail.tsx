import type { KnowledgeGraph, KnowledgeNode, Round } from 'runnel-client';
import { when } from '../i18n/formats';
import { useWords } from '../i18n/useWords';
import type { Word } from '../i18n/words';
import { colourOf } from './types';

interface Props {
  node: KnowledgeNode;
  graph: KnowledgeGraph;
  rounds: readonly Round[];
  onChoose: (id: string) => void;
  onForget: () => void;
}

/** One thing that is known: what is said of it, what it has to do with, which message said so, and how to forget it. */
export function NodeDetail({ node, graph, rounds, onChoose, onForget }: Props) {
  const { t, language } = useWords();
  const nameOf = (id: string) => graph.nodes.find(one => one.id === id)?.name ?? id;
  const edges = graph.edges.filter(edge => edge.source === node.id || edge.target === node.id);
  const saidIn = (id: string) => rounds.find(round => round.message_id === id)?.content;
  const said = saidIn(node.message_id);
  const forget = () => confirm(t('forgetSure', { name: node.name })) && onForget();
  return (
    <div className="graph-detail" data-testid="node-detail">
      <div className="graph-detail-head">
        <span className="type-dot" style={{ background: colourOf(node.type) }} aria-hidden="true" />
        <strong className="grow">{node.name}</strong>
        <span className="soft">{t(`type.${node.type}` as Word)}</span>
        <button type="button" className="button danger" data-testid="forget" onClick={forget}>
          {t('forget')}
        </button>
      </div>
      {node.description && <p>{node.description}</p>}
      {Object.entries(node.properties ?? {}).map(([name, value]) => (
        <p key={name}>
          <span className="soft">{name}:</span> {value}
        </p>
      ))}
      {edges.length > 0 && (
        <ul className="learned" aria-label={t('relations')}>
          {edges.map(edge => {
            const other = edge.source === node.id ? edge.target : edge.source;
            return (
              <li key={edge.id}>
                <button type="button" className="fact" onClick={() => onChoose(other)}>
                  {nameOf(edge.source)} → {edge.type} → {nameOf(edge.target)}
                </button>
                {edge.message_id !== node.message_id && <Quote text={saidIn(edge.message_id)} />}
              </li>
            );
          })}
        </ul>
      )}
      <p className="soft">
        {t('source')} · {when(node.learned_at, language)} · {t('confidence')} {Math.round(node.confidence * 100)} %
      </p>
      <Quote text={said} testId="source" />
    </div>
  );
}

/** What was said, where it is known. */
function Quote({ text, testId }: { text: string | undefined; testId?: string }) {
  return text ? <blockquote data-testid={testId}>{text}</blockquote> : null;
}
