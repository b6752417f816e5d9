import { type FormEvent, useState } from 'react';
import type { Problem } from '../api/answer';
import { useWords } from '../i18n/useWords';
import { useStore } from '../state/store';
import { Dialog } from '../ui/Dialog';
import { ProblemLine } from '../ui/ProblemLine';
import { say } from '../ui/toasts';
import { PasswordField } from './PasswordField';
import { ask, changePassword, deleteAccount, leave, visitor } from './user';

export function AccountSection() {
  const { t } = useWords();
  const who = useStore(visitor);
  const [deletes, setDeletes] = useState(false);
  if (who.state !== 'in') return null;
  const { email, is_administrator } = who.user;
  return (
    <section className="section" aria-label={t('account')}>
      <div className="row">
        <div>
          <strong>{email}</strong>
          {is_administrator && <span className="badge">{t('administrator')}</span>}
        </div>
        <button type="button" className="button" data-testid="sign-out" onClick={() => void leave()}>
          {t('signOut')}
        </button>
      </div>
      {email && <ChangePassword />}
      <div className="danger-zone">
        <p className="soft">{t('deleteAccountText')}</p>
        <button type="button" className="button danger" data-testid="delete-account" onClick={() => setDeletes(true)}>
          {t('deleteAccount')}
        </button>
      </div>
      {deletes && <DeleteAccount onClose={() => setDeletes(false)} asksPassword={email !== null} />}
    </section>
  );
}

function ChangePassword() {
  const { t } = useWords();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await changePassword(current, next);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    setCurrent('');
    setNext('');
    say(t('passwordChanged'));
  };

  return (
    <form className="section-form" onSubmit={submit} method="post">
      <h2>{t('changePassword')}</h2>
      <PasswordField id="current-password" label={t('currentPassword')} value={current} onChange={setCurrent} />
      <PasswordField
        id="new-password"
        label={t('newPassword')}
        value={next}
        onChange={setNext}
        isNew
        note={t('passwordRule')}
      />
      {problem && <ProblemLine problem={problem} />}
      <button type="submit" className="button primary" data-testid="change-password">
        {t('changePassword')}
      </button>
    </form>
  );
}

function DeleteAccount({ onClose, asksPassword }: { onClose: () => void; asksPassword: boolean }) {
  const { t } = useWords();
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const answer = await deleteAccount(password);
    setBusy(false);
    if (answer.ok) return ask();
    setProblem(answer.problem);
  };

  return (
    <Dialog title={t('deleteAccount')} onClose={onClose}>
      <form className="section-form" onSubmit={submit} method="post">
        <p>{t('deleteAccountText')}</p>
        {asksPassword && (
          <PasswordField id="delete-password" label={t('currentPassword')} value={password} onChange={setPassword} />
        )}
        {problem && <ProblemLine problem={problem} />}
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" className="button danger" disabled={busy} data-testid="delete-for-good">
            {t('deleteForGood')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
