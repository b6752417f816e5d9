import { useState } from 'react';
import { useWords } from '../i18n/useWords';
import { useStore } from '../state/store';
import { ConnectDialog } from './ConnectDialog';
import { chooseModel, chosenModel, models, nextModel } from './models';

/** Which model answers: a choice where there are several, a name where there is one, a hint where a script answers. */
export function ModelLine() {
  const { t } = useWords();
  const all = useStore(models);
  const chosen = useStore(chosenModel);
  const [connects, setConnects] = useState(false);
  const next = nextModel(all, chosen);
  if (!all || !next) return <span />;

  return (
    <span className="model-line" data-testid="model">
      {all.length > 1 ? (
        <select
          className="model-choice"
          aria-label={t('chooseModel')}
          value={chosen ?? ''}
          data-testid="model-choice"
          onChange={event => chooseModel(event.target.value || null)}
        >
          <option value="">{t('standard', { name: all.find(model => model.is_default)?.name ?? '' })}</option>
          {all.map(model => (
            <option key={model.name} value={model.name}>
              {model.name}
            </option>
          ))}
        </select>
      ) : (
        !next.is_demonstration && <span className="soft">{next.model || next.name}</span>
      )}
      {next.is_demonstration && (
        <button type="button" className="hint-button" title={t('demonstration')} onClick={() => setConnects(true)}>
          {t('connectModel')}
        </button>
      )}
      {connects && <ConnectDialog onClose={() => setConnects(false)} />}
    </span>
  );
}
