import { el, say } from './dom.js';

export function copyButton(read, key = 'copy') {
  const button = el('button', { type: 'button', class: 'quiet small', i18n: key });
  button.addEventListener('click', async () => {
    say(button, await copy(read()) ? 'copied' : 'copyFailed');
    setTimeout(() => say(button, key), 1600);
  });
  return button;
}

// The clipboard API exists on https and localhost only; on a plain address of the local network the old way works.
async function copy(text) {
  try {
    if (navigator.clipboard) return await navigator.clipboard.writeText(text), true;
  } catch { /* refused: try the old way */ }
  const focused = document.activeElement;
  const area = el('textarea', { class: 'visually-hidden' });
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  focused?.focus();
  return done;
}
