import { useWords } from '../i18n/useWords';
import { useSession } from '../live/session';
import type { Message } from '../live/types';
import { IconButton } from '../ui/IconButton';
import { useTell } from '../ui/useTell';

interface Props {
  thread: string;
  message: Message;
  disabled: boolean;
}

/** Leads through the versions of a message; each stands at the head of a branch of its own. */
export function BranchPicker({ thread, message, disabled }: Props) {
  const { t } = useWords();
  const session = useSession();
  const tell = useTell();
  const { siblings } = message;
  if (siblings.length < 2 || !message.message_id) return null;
  const index = siblings.indexOf(message.message_id);
  const go = (to: number) => {
    const sibling = siblings[to];
    if (sibling) void session.branch(thread, sibling).then(tell);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form.
    <span className="versions" role="group" aria-label={t('version', { index: index + 1, count: siblings.length })}>
      <IconButton
        icon="left"
        small
        label={t('previous')}
        disabled={disabled || index <= 0}
        data-testid="previous"
        onClick={() => go(index - 1)}
      />
      <span data-testid="version" aria-hidden="true">
        {index + 1} / {siblings.length}
      </span>
      <IconButton
        icon="right"
        small
        label={t('next')}
        disabled={disabled || index >= siblings.length - 1}
        data-testid="next"
        onClick={() => go(index + 1)}
      />
    </span>
  );
}
