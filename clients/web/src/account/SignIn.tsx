import { type FormEvent, useRef, useState } from 'react';
import type { Problem } from '../api/answer';
import { useWords } from '../i18n/useWords';
import { LanguageButton } from '../settings/LanguageButton';
import { ProblemLine } from '../ui/ProblemLine';
import { newPassword } from './newPassword';
import { PasswordField } from './PasswordField';
import { enter, type Setup } from './user';

type Way = 'begin' | 'login' | 'register';

/** The card before everything else: begin (first run), sign in, or create an account. */
export function SignIn({ setup, wasIn }: { setup: Setup; wasIn: boolean }) {
  const { t } = useWords();
  const first = setup.first_run && setup.registration_open;
  const [way, setWay] = useState<Way>(first ? 'begin' : 'login');
  const [email, setEmail] = useState(first ? 'me@localhost' : '');
  const [password, setPassword] = useState(() => (first ? newPassword() : ''));
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const answer = await enter(way === 'login' ? 'login' : 'register', email.trim(), password);
    if (answer.ok) return;
    setBusy(false);
    setProblem(answer.problem);
    // Somebody was faster: the welcome has nothing more to offer.
    if (way === 'begin' && answer.problem.code === 'email_taken') setWay('login');
    form.current?.querySelector<HTMLInputElement>(answer.problem.status === 401 ? '#password' : '#email')?.focus();
  }

  function change(next: Way) {
    setWay(next);
    setProblem(null);
    form.current?.querySelector<HTMLInputElement>('#email')?.focus();
  }

  const notes = { begin: t('keepPassword'), login: undefined, register: t('passwordRule') };
  const lead = wasIn ? t('signedOut') : t('tagline');
  const words = { begin: t('begin'), login: t('signIn'), register: t('register') };
  return (
    <main className="gate">
      <form ref={form} className="card" method="post" onSubmit={submit} aria-busy={busy}>
        <div className="card-head">
          <img src="/logo.svg" alt="" width="44" height="44" />
          <LanguageButton />
        </div>
        <h1>{way === 'begin' ? t('welcome') : words[way]}</h1>
        <p className="soft">{way === 'begin' ? t('welcomeText') : lead}</p>
        <div className="field">
          <label htmlFor="email">{t('email')}</label>
          <input
            id="email"
            type="email"
            autoComplete="username"
            required
            // biome-ignore lint/a11y/noAutofocus: the card is all there is.
            autoFocus={way !== 'begin'}
            value={email}
            aria-invalid={problem?.status === 422 || problem?.status === 409}
            onChange={event => setEmail(event.target.value)}
          />
        </div>
        <PasswordField
          id="password"
          label={t('password')}
          value={password}
          onChange={setPassword}
          isNew={way !== 'login'}
          shown={way === 'begin'}
          note={notes[way]}
        />
        {problem && <ProblemLine problem={problem} />}
        <button
          type="submit"
          className="button primary wide"
          disabled={busy}
          data-testid={way === 'login' ? 'sign-in' : way}
          // biome-ignore lint/a11y/noAutofocus: on a first run one key is enough to begin.
          autoFocus={way === 'begin'}
        >
          {words[way]}
        </button>
        {way !== 'begin' && setup.registration_open && (
          <button
            type="button"
            className="link-button"
            data-testid={way === 'login' ? 'to-register' : 'to-sign-in'}
            onClick={() => change(way === 'login' ? 'register' : 'login')}
          >
            {way === 'login' ? t('newHere') : t('haveAccount')}
          </button>
        )}
      </form>
    </main>
  );
}
