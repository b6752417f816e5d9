// The card before the chat: begin (first run), sign in, or create an account.
import * as api from './api.js';
import { el, find, say } from './dom.js';
import { copyButton } from './copy.js';
import { errorText, onLanguage } from './i18n.js';
import { newPassword } from './password.js';

const modes = {
  begin: { title: 'welcome', text: 'welcomeText', submit: api.register, complete: 'new-password' },
  'sign-in': { title: 'signIn', text: 'tagline', submit: api.login, complete: 'current-password', other: 'register' },
  register: { title: 'register', text: 'tagline', submit: api.register, complete: 'new-password', other: 'sign-in' },
};

export function createAuth(root, onEntered) {
  const form = root.querySelector('form');
  const email = find('email', form);
  const password = find('password', form);
  const button = form.querySelector('[type=submit]');
  const other = form.querySelector('.other');
  const problem = form.querySelector('.problem');
  let mode = 'sign-in', open = true, error = null;

  root.querySelector('.password-row').append(copyButton(() => password.value));
  other.addEventListener('click', () => { show(modes[mode].other); email.focus(); });
  form.addEventListener('submit', submit);
  onLanguage(() => error && fail(error));

  function show(next) {
    mode = next;
    fail(null);
    const { title, text, complete } = modes[mode];
    root.dataset.mode = mode;
    say(root.querySelector('h1'), title);
    say(root.querySelector('.lead'), text);
    button.dataset.testid = mode;
    say(button, mode === 'sign-in' ? 'signIn' : mode);
    password.autocomplete = complete;
    password.type = mode === 'begin' ? 'text' : 'password'; // a generated one is there to be read and kept
    other.hidden = mode === 'begin' || !open;
    other.dataset.testid = `to-${modes[mode].other}`;
    say(other, mode === 'sign-in' ? 'newHere' : 'haveAccount');
  }

  async function submit(event) {
    event.preventDefault();
    if (button.disabled) return;
    fail(null);
    button.disabled = true;
    form.ariaBusy = 'true';
    const answer = await modes[mode].submit({ email: email.value.trim(), password: password.value });
    button.disabled = false;
    form.ariaBusy = 'false';
    if (answer.ok) {
      password.value = '';
      return onEntered();
    }
    // Somebody was faster: the welcome card has nothing more to offer.
    if (mode === 'begin' && answer.error.code === 'email_taken') show('sign-in');
    fail(answer.error);
    (answer.status === 401 ? password : button).focus();
  }

  function fail(reason) {
    error = reason;
    const said = reason && el('p', { class: 'error', 'data-testid': 'error' }, errorText(reason));
    problem.replaceChildren(...(said ? [said] : []));
    for (const field of [email, password]) field.setAttribute('aria-invalid', String(reason?.status === 422));
  }

  return function present(setup) {
    open = setup.registration_open !== false;
    show(setup.first_run && open ? 'begin' : 'sign-in');
    if (mode === 'begin') {
      email.value = 'me@localhost';
      password.value = newPassword();
      button.focus();
    } else {
      (email.value ? password : email).focus();
    }
  };
}
