import type { KeyboardEvent } from 'react';
import { useWords } from '../i18n/useWords';
import { useSession } from '../live/session';
import { focusOn } from '../ui/focusOn';
import { useTell } from '../ui/useTell';
import { type Edit, endEdit, keepEdit } from './edits';

export function Editing({ thread, edit }: { thread: string; edit: Edit }) {
  const { t } = useWords();
  const session = useSession();
  const tell = useTell();
  const { message, text, isSent = false } = edit;

  const save = async () => {
    if (isSent || !text.trim()) return;
    keepEdit(thread, { message, text, isSent: true });
    const problem = await session.edit(thread, message, text);
    tell(problem);
    if (problem) return keepEdit(thread, { message, text });
    endEdit(thread);
    focusOn('message-box');
  };

  const cancel = () => {
    endEdit(thread);
    focusOn(`edit-${message.message_id}`, 'message-box');
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') cancel();
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
        rows={Math.min(10, text.split('\n').length + 1)}
        // biome-ignore lint/a11y/noAutofocus: one asked for it a moment ago.
        autoFocus
        aria-label={t('edit')}
        value={text}
        data-testid="edit-box"
        onFocus={event => event.target.setSelectionRange(text.length, text.length)}
        onChange={event => keepEdit(thread, { message, text: event.target.value })}
        onKeyDown={onKeyDown}
      />
      <div className="editing-foot">
        <button type="button" className="button" onClick={cancel}>
          {t('cancel')}
        </button>
        <button type="submit" className="button primary" disabled={isSent || !text.trim()} data-testid="save-edit">
          {t('saveEdit')}
        </button>
      </div>
    </form>
  );
}
