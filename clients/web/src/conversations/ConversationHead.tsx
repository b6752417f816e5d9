import { PageHead } from '../app/PageHead';
import { useWords } from '../i18n/useWords';
import { DRAFT } from '../live/state';
import { useRow } from '../live/useTalk';
import { useStore } from '../state/store';
import { ConversationMenu } from './ConversationMenu';
import { Renaming } from './Renaming';
import { renaming } from './renamed';

export function ConversationHead({ thread }: { thread: string }) {
  const { t } = useWords();
  const row = useRow(thread);
  const renames = useStore(renaming) === `head:${thread}`;
  const title = thread === DRAFT ? t('newConversation') : row?.title || t('untitled');
  return (
    <PageHead
      title={renames && row ? <Renaming thread={thread} title={row.title} /> : title}
      name={title}
      actions={row && <ConversationMenu row={row} place="head" />}
    />
  );
}
