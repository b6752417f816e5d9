// The box to write in. What was typed is kept per conversation, also over a reload, until it is sent.
import { el, find, say } from '../dom.js';
import { errorText } from '../i18n.js';

const draftKey = thread => `draft:${thread}`;
const draftOf = thread => sessionStorage.getItem(draftKey(thread)) ?? '';
export function keepDraft(thread, text) {
  if (text) sessionStorage.setItem(draftKey(thread), text);
  else sessionStorage.removeItem(draftKey(thread));
}

export function createComposer(form, { onSend, onStop }) {
  const box = find('composer', form);
  const button = find('send', form);
  const stop = find('stop', form);
  const interrupt = find('interrupt', form);
  const reason = form.querySelector('#reason');
  const problem = form.querySelector('.problem');
  let thread = null, busy = null, canSend = true;

  form.addEventListener('submit', event => { event.preventDefault(); submit(); });
  stop.addEventListener('click', () => { onStop(); box.focus(); });
  interrupt.addEventListener('click', () => submit('interrupt'));
  box.addEventListener('input', () => { keepDraft(thread, box.value); fit(); fail(null); });
  box.addEventListener('keydown', event => {
    // While an input method composes, Enter chooses a word; Safari says so with key code 229 only.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit(event.ctrlKey || event.metaKey ? 'interrupt' : 'enqueue');
  });

  // While an answer is written, a message waits for its turn, or interrupts.
  function submit(whenBusy = 'enqueue') {
    if (!canSend || box.value.trim() === '' || !onSend(box.value, whenBusy)) return;
    fail(null);
    write('');
    box.focus();
  }

  function write(text) {
    box.value = text;
    keepDraft(thread, text);
    fit();
  }

  function fit() {
    interrupt.hidden = !busy || !canSend || box.value.trim() === '';
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight + 2}px`;
  }

  function fail(error) {
    problem.replaceChildren(...(error
      ? [el('p', { class: 'error', role: 'alert', 'data-testid': 'error' }, errorText(error))] : []));
  }

  return {
    render(current, isBusy, isReady) {
      if (current !== thread) {
        const moved = thread === '' && current !== '' && box.value; // typed on while the conversation got its id
        if (moved && !draftOf(current)) { keepDraft('', ''); keepDraft(current, box.value); }
        thread = current;
        write(draftOf(thread));
        fail(null);
      }
      if (isBusy === busy && isReady === canSend) return;
      [busy, canSend] = [isBusy, isReady];
      if (!busy && document.activeElement === stop) box.focus();
      stop.hidden = !busy || !canSend;
      button.disabled = !canSend;
      say(button, busy && canSend ? 'queue' : 'send');
      say(reason, !canSend ? 'wait' : busy ? 'busy' : 'keys');
      fit();
    },
    giveBack(text, error) {
      write(box.value ? `${text}\n${box.value}` : text);
      fail(error);
      box.focus();
    },
    fail,
    focus() { if (matchMedia('(hover: hover)').matches) box.focus(); },
    clear() { thread = null; box.value = ''; fail(null); },
  };
}
