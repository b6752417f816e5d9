import { useWords } from '../i18n/useWords';
import { opensReasoning } from '../settings/reasoning';
import { useStore } from '../state/store';

/** What the model thought before it answered, folded. It is no Markdown: thoughts break off anywhere. */
export function Reasoning({ text, live }: { text: string; live: boolean }) {
  const { t } = useWords();
  const open = useStore(opensReasoning);
  return (
    <details className="reasoning" data-testid="reasoning" open={open}>
      <summary>{live ? t('thinking') : t('thought')}</summary>
      <div className="reasoning-text">{text}</div>
    </details>
  );
}
