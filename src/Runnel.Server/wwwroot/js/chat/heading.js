// The title over a conversation, which can be changed there.
import { find } from '../dom.js';
import { t } from '../i18n.js';

export function createHeading(root, onRename) {
  const title = root.querySelector('#title');
  const form = root.querySelector('#renaming');
  const box = find('title-box', form);
  const rename = find('rename', root);
  let row = null;

  rename.addEventListener('click', () => {
    edit(true);
    box.value = row.title ?? '';
    box.select();
  });
  box.addEventListener('keydown', event => { if (event.key === 'Escape') { edit(false); rename.focus(); } });
  box.addEventListener('blur', () => edit(false));
  form.addEventListener('submit', event => {
    event.preventDefault();
    const wanted = box.value.trim();
    edit(false);
    rename.focus();
    if (wanted && wanted !== row?.title) onRename(wanted);
  });

  function edit(on) {
    form.hidden = !on;
    title.hidden = on;
    rename.hidden = on || !row;
    if (on) box.focus();
  }

  return {
    render(next) {
      const moved = next?.thread_id !== row?.thread_id;
      row = next ?? null;
      title.textContent = row ? row.title || t('untitled') : t('newConversation');
      document.title = row ? `${title.textContent} – Runnel` : 'Runnel';
      if (moved || form.hidden) edit(false);
    },
  };
}
