import { type KeyboardEvent, useState } from 'react';
import { useWords } from '../i18n/useWords';

interface Props {
  text: string;
  onSave: (text: string) => Promise<void>;
  onCancel: () => void;
}

export function Editing({ text, onSave, onCancel }: Props) {
  const { t } = useWords();
  const [value, setValue] = useState(text);
  const [busy, setBusy] = useState(false);

  const save = async () => {
    if (busy || !value.trim()) return;
    setBusy(true);
    await onSave(value);
    setBusy(false);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onCancel();
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void save();
    }
  };

  return (
    <form
      className="editing"
      onSubmit={event => {
        event.preventDefault();
        void save();
      }}
    >
      <textarea
        className="input"
        rows={Math.min(10, value.split('\n').length + 1)}
        // biome-ignore lint/a11y/noAutofocus: one asked for it a moment ago.
        autoFocus
        aria-label={t('edit')}
        value={value}
        data-testid="edit-box"
        onFocus={event => event.target.setSelectionRange(text.length, text.length)}
        onChange={event => setValue(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="editing-foot">
        <button type="button" className="button" onClick={onCancel}>
          {t('cancel')}
        </button>
        <button type="submit" className="button primary" disabled={busy || !value.trim()} data-testid="save-edit">
          {t('saveEdit')}
        </button>
      </div>
    </form>
  );
}
