import { type FormEvent, useState } from 'react';
import type { Problem } from '../api/answer';
import { models } from '../composer/models';
import { useWords } from '../i18n/useWords';
import { Choice } from '../settings/Choice';
import { useStore } from '../state/store';
import { Dialog } from '../ui/Dialog';
import { ProblemLine } from '../ui/ProblemLine';
import { type DigitalHuman, type HumanFields, saveHuman } from './humans';

const blank: HumanFields = { name: '', persona: '', greeting: null, model: null, temperature: null, is_public: false };

export function HumanDialog({ human, onClose }: { human: DigitalHuman | null; onClose: () => void }) {
  const { t } = useWords();
  const all = useStore(models) ?? [];
  const [fields, setFields] = useState<HumanFields>(human ?? blank);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const set = (change: Partial<HumanFields>) => setFields({ ...fields, ...change });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const { name, persona, greeting, model, temperature, is_public } = fields;
    const answer = await saveHuman(human?.id ?? null, { name, persona, greeting, model, temperature, is_public });
    setBusy(false);
    if (answer.ok) onClose();
    else setProblem(answer.problem);
  };

  return (
    <Dialog title={human ? human.name : t('newHuman')} onClose={onClose}>
      <form className="section-form" onSubmit={submit}>
        <div className="field">
          <label htmlFor="human-name">{t('name')}</label>
          <input
            id="human-name"
            required
            maxLength={100}
            autoFocus
            value={fields.name}
            onChange={event => set({ name: event.target.value })}
          />
        </div>
        <div className="field">
          <label htmlFor="human-persona">{t('persona')}</label>
          <textarea
            id="human-persona"
            required
            maxLength={32_000}
            value={fields.persona}
            aria-describedby="persona-note"
            onChange={event => set({ persona: event.target.value })}
          />
          <p className="note" id="persona-note">
            {t('personaNote')}
          </p>
        </div>
        <div className="field">
          <label htmlFor="human-greeting">{t('greeting')}</label>
          <input
            id="human-greeting"
            maxLength={4000}
            value={fields.greeting ?? ''}
            aria-describedby="greeting-note"
            onChange={event => set({ greeting: event.target.value || null })}
          />
          <p className="note" id="greeting-note">
            {t('greetingNote')}
          </p>
        </div>
        <div className="two-fields">
          <Choice
            id="human-model"
            label={t('model')}
            value={fields.model ?? ''}
            options={[['', t('modelAuto')], ...all.map((one): [string, string] => [one.name, one.name])]}
            onChange={model => set({ model: model || null })}
          />
          <div className="field">
            <label htmlFor="human-temperature">{t('temperature')}</label>
            <input
              id="human-temperature"
              type="number"
              min={0}
              max={2}
              step={0.1}
              value={fields.temperature ?? ''}
              aria-describedby="temperature-note"
              onChange={event => set({ temperature: event.target.value === '' ? null : Number(event.target.value) })}
            />
            <p className="note" id="temperature-note">
              {t('temperatureNote')}
            </p>
          </div>
        </div>
        <label className="switch">
          <input
            type="checkbox"
            checked={fields.is_public}
            onChange={event => set({ is_public: event.target.checked })}
          />
          {t('isPublic')}
        </label>
        {problem && <ProblemLine problem={problem} />}
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" className="button primary" disabled={busy} data-testid="save-human">
            {t('save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
