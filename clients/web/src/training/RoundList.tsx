import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import type { DigitalHuman } from '../humans/humans';
import { useWords } from '../i18n/useWords';
import { useStick } from '../messages/useStick';
import { useStore } from '../state/store';
import { Icon } from '../ui/Icon';
import { ProblemLine } from '../ui/ProblemLine';
import { RoundView } from './RoundView';
import type { Training } from './startTraining';

export function RoundList({ training, human }: { training: Training; human: DigitalHuman }) {
  const { t } = useWords();
  const { rounds, problem, loaded, before } = useStore(training.state);
  const [text, setText] = useState('');
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { toEnd } = useStick(String(human.id), scroller, content);
  const runs = rounds.some(round => round.status === 'running');
  const stops = runs && !text.trim();

  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (!text.trim()) return;
    void training.tell(text);
    setText('');
    toEnd();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <div className="training-side">
      <section ref={scroller} className="scroller" tabIndex={-1} aria-label={t('train')}>
        <div className="column" ref={content}>
          {problem && <ProblemLine problem={problem} onRetry={() => void training.again()} />}
          {loaded && rounds.length === 0 && <p className="soft">{t('trainingText')}</p>}
          {before && (
            <div className="earlier">
              <button type="button" className="button" onClick={() => void training.earlier()}>
                {t('showEarlier')}
              </button>
            </div>
          )}
          <ol className="rounds">
            {rounds.map(round => (
              <RoundView key={round.client_message_id ?? round.round_id} round={round} training={training} />
            ))}
          </ol>
        </div>
      </section>
      <div className="dock">
        <form className="composer" onSubmit={send}>
          <div className="box">
            <textarea
              id="message-box"
              rows={2}
              maxLength={32_000}
              aria-label={t('tellIt', { name: human.name })}
              placeholder={t('tellIt', { name: human.name })}
              value={text}
              data-testid="teach"
              onChange={event => setText(event.target.value)}
              onKeyDown={onKeyDown}
            />
            <div className="box-foot">
              <span />
              <button
                type={stops ? 'button' : 'submit'}
                className="round"
                disabled={!stops && !text.trim()}
                aria-label={stops ? t('stop') : t('send')}
                data-testid={stops ? 'stop-round' : 'send'}
                onClick={stops ? () => void training.stop() : undefined}
              >
                <Icon name={stops ? 'stop' : 'send'} />
              </button>
            </div>
          </div>
        </form>
      </div>
    </div>
  );
}
