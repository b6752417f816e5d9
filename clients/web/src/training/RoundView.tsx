import { memo } from 'react';
import type { Learned, Round, RoundStep } from 'runnel-client';
import { seconds } from '../i18n/formats';
import { useWords } from '../i18n/useWords';
import type { Word } from '../i18n/words';
import { words } from '../i18n/words';
import { colourOf } from '../knowledge/types';
import { Markdown } from '../markdown/Markdown';
import { Icon } from '../ui/Icon';
import { IconButton } from '../ui/IconButton';
import { ProblemLine } from '../ui/ProblemLine';
import type { Training } from './startTraining';

interface Props {
  round: Round;
  training: Training;
}

/** One round: what was said, the steps as they run, what was learned as it is learned, and the question that follows. */
export const RoundView = memo(function RoundView({ round, training }: Props) {
  const { t } = useWords();
  const running = round.status === 'running';
  return (
    <li className="message" data-testid="round" data-status={round.status} aria-busy={running}>
      <div className="question">
        <div className="bubble">{round.content}</div>
        {round.message_id && !running && (
          <div className="actions">
            <IconButton
              icon="trash"
              small
              label={t('forgetMessage')}
              onClick={() => void training.forget(round.message_id ?? '')}
            />
          </div>
        )}
      </div>
      {round.status === 'queued' && <p className="soft">{t('queued', { position: round.position })}</p>}
      {round.steps.length > 0 && (
        <ul className="round-steps">
          {round.steps.map(step => (
            <StepLine key={step.name} step={step} />
          ))}
        </ul>
      )}
      <LearnedFacts learned={round.learned} done={round.status === 'complete'} />
      {round.question && (
        <div className="answer-text" data-testid="next-question">
          <Markdown text={round.question} live={running} />
        </div>
      )}
      {round.status === 'stopped' && <p className="note soft">{t('roundStopped')}</p>}
      {round.status === 'failed' && <ProblemLine problem={round.error ?? { code: 'unknown' }} />}
    </li>
  );
});

function StepLine({ step }: { step: RoundStep }) {
  const { t, language } = useWords();
  const known = `step.${step.name}`;
  const name = known in words ? t(known as Word) : step.name;
  return (
    <li className={`step ${step.state}`} data-testid="step" data-state={step.state}>
      <span className="step-mark" aria-hidden="true">
        {step.state === 'running' ? (
          <span className="spinner" />
        ) : (
          <Icon name={step.state === 'done' ? 'check' : 'right'} size={14} />
        )}
      </span>
      <span>{name}</span>
      <span className="soft one-line">
        {step.state === 'running' && step.said}
        {step.state === 'skipped' && t('skipped')}
        {step.state === 'done' && step.duration_ms !== null && seconds(step.duration_ms, language)}
      </span>
    </li>
  );
}

function LearnedFacts({ learned, done }: { learned: Learned; done: boolean }) {
  const { t } = useWords();
  const nodes = learned.nodes ?? [];
  const edges = learned.edges ?? [];
  if (nodes.length + edges.length === 0) return done ? <p className="note soft">{t('learnedNothing')}</p> : null;
  return (
    <ul className="learned" aria-label={t('learned')} data-testid="learned">
      {nodes.map(node => (
        <li key={node.id} className={`fact ${node.is_new === false ? 'old' : ''}`} title={node.description ?? ''}>
          <span className="type-dot" style={{ background: colourOf(node.type) }} aria-hidden="true" />
          {node.name}
          {node.is_new === false && <span className="hidden-to-eyes">{t('known')}</span>}
        </li>
      ))}
      {edges.map(edge => (
        <li key={edge.id} className={`fact ${edge.is_new === false ? 'old' : ''}`}>
          {edge.source_name} → {edge.type} → {edge.target_name}
        </li>
      ))}
    </ul>
  );
}
