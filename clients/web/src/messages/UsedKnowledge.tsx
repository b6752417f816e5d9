import type { UsedFact } from 'runnel-client';
import { Link } from 'wouter';
import { useHuman } from '../humans/useHuman';
import { useWords } from '../i18n/useWords';
import { colourOf } from '../knowledge/types';

interface Props {
  human: number;
  facts: readonly UsedFact[];
}

/** What the model was given of a digital human's knowledge, folded. Who trains it is led to where each fact came from. */
export function UsedKnowledge({ human, facts }: Props) {
  const { t } = useWords();
  const isOwn = useHuman(human)?.is_own;
  // The stream names facts, and what they say is in the history, which follows.
  const told = facts.filter(fact => fact.text);
  if (told.length === 0) return null;
  return (
    <details className="used" data-testid="used">
      <summary>{t('knowledgeUsed', { count: told.length })}</summary>
      <ul>
        {told.map(fact => (
          <li key={fact.id}>
            <span className="type-dot" style={{ background: colourOf(fact.type ?? '') }} aria-hidden="true" />
            {isOwn ? <Link href={`/humans/${human}/training?fact=${fact.id}`}>{fact.text}</Link> : fact.text}
          </li>
        ))}
      </ul>
    </details>
  );
}
