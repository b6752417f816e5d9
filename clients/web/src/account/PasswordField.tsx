import { useState } from 'react';
import { useWords } from '../i18n/useWords';
import { CopyButton } from '../ui/CopyButton';

interface Props {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  isNew?: boolean;
  /** Whether it was made for the reader, who must see and keep it. */
  shown?: boolean;
  note?: string | undefined;
}

export function PasswordField({ id, label, value, onChange, isNew, shown, note }: Props) {
  const { t } = useWords();
  const [visible, setVisible] = useState(false);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="password-row">
        <input
          id={id}
          type={shown || visible ? 'text' : 'password'}
          autoComplete={isNew ? 'new-password' : 'current-password'}
          spellCheck={false}
          autoCapitalize="off"
          required
          minLength={isNew ? 8 : undefined}
          value={value}
          aria-describedby={note ? `${id}-note` : undefined}
          onChange={event => onChange(event.target.value)}
        />
        {shown && <CopyButton text={() => value} />}
      </div>
      {note && (
        <p className="note" id={`${id}-note`}>
          {note}
        </p>
      )}
      {!shown && (
        <label className="switch note">
          <input type="checkbox" checked={visible} onChange={event => setVisible(event.target.checked)} />
          {t('showPassword')}
        </label>
      )}
    </div>
  );
}
