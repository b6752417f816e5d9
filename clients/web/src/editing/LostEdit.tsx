import { useWords } from '../i18n/useWords';
import type { Message } from '../live/types';
import { useSelect } from '../state/store';
import { Editing } from './Editing';
import { edits } from './edits';

/** What one writes in the place of a message that has left the branch meanwhile: it can be sent all the same. */
export function LostEdit({ thread, messages }: { thread: string; messages: readonly Message[] }) {
  const { t } = useWords();
  const edit = useSelect(edits, all => all[thread]);
  if (!edit || edit.isSent || messages.some(one => one.message_id === edit.message.message_id)) return null;
  return (
    <li className="message question" data-testid="lost-edit">
      <p className="under soft" role="status">
        {t('lostEdit')}
      </p>
      <Editing thread={thread} edit={edit} />
    </li>
  );
}
